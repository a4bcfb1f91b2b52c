import assert from "node:assert/strict";
import { behavioursPage } from "../../simulator/behaviours-page";

describe("the page of behaviours", () => {
  const page = behavioursPage({
    behaviours: [
      { number: "1", title: "pages are short", standing: "documented", source: "API | guide", test: "t" },
      { number: "1a", title: "keys stay", standing: "inferred", source: "nobody says", test: "t" },
    ],
    operations: { ecs: ["UpdateService", "CreateService"], kms: ["CreateKey"] },
    faultKinds: ["throttle", "key-disabled"],
  });

  it("counts the behaviours by how sure they are", () => {
    assert.match(
      page,
      /2 behaviours: 1 documented \(AWS documents it\), 0 reported \(others report it\), 1 inferred \(we infer it\)/,
    );
  });

  it("has a row for each, and keeps a bar in a cell from ending it", () => {
    assert.match(page, /^\| 1 \| Pages are short \| documented \| API \\\| guide \|$/m);
    assert.match(page, /^\| 1a \| Keys stay \| inferred \| nobody says \|$/m);
  });

  it("lists operations by service in alphabetical order, and the kinds of faults", () => {
    assert.match(page, /^- \*\*ecs\*\*: CreateService, UpdateService$/m);
    assert.match(page, /^- `key-disabled`$/m);
  });
});
