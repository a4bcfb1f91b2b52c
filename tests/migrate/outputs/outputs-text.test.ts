import assert from "node:assert/strict";
import { gapOf } from "../../../migrate/core/offline/gap";
import { outputsText } from "../../../migrate/render/outputs-text";

const CLUSTER = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";
const region = "eu-west-1";
const GAPS = [
  gapOf("configuration", CLUSTER, { region }),
  gapOf("tasks", CLUSTER, { region, reason: "only 3 of the 9 tasks of cluster pay are described" }),
  ...Array.from({ length: 40 }, (_, n) =>
    gapOf("task-definition", `arn:aws:ecs:eu-west-1:111122223333:task-definition/api:${n + 1}`, { region }),
  ),
];
const SKIPPED = Array.from({ length: 20 }, (_, n) => ({ file: `f-${n}.txt`, what: "it is empty" }));

describe("the text after a scan of files", () => {
  it("is empty when everything was read and nothing is missing", () => {
    assert.deepEqual(outputsText({ skipped: [], odd: [], gaps: [], region, width: 80 }), []);
  });

  for (const width of [80, 120])
    it(`keeps to ${width} columns, and its commands stay whole`, () => {
      const lines = outputsText({ skipped: SKIPPED, odd: SKIPPED, gaps: GAPS, region, width });
      assert.deepEqual(
        lines.filter((line) => line.length > width),
        [],
      );
      const pasted = lines
        .filter((line) => line.startsWith("      "))
        .map((line) => line.trim())
        .join("\n")
        .replaceAll(" \\\n", " ")
        .split("\n");
      assert.equal(pasted.length, 3);
      assert.equal(pasted[0], GAPS[0]?.command);
      assert.equal(pasted[1], GAPS[1]?.command);
      assert.match(
        pasted[2] ?? "",
        /^printf '%s\\n' api:1 api:2 .* api:40 \| xargs -n 1 aws ecs describe-task-definition /,
      );
    });

  it("shows a key and its policy with one command", () => {
    const gaps = (["key", "key-policy"] as const).map((kind) =>
      gapOf(kind, "arn:aws:kms:eu-west-1:1:key/k", { region }),
    );
    const lines = outputsText({ skipped: [], odd: [], gaps, region, width: 120 });
    assert.equal(lines.filter((line) => line.includes("describe-key")).length, 1);
    assert.match(lines.join(" "), /get-key-policy/);
  });

  it("ends long lists and says where all of them are", () => {
    const lines = outputsText({ skipped: SKIPPED, odd: [], gaps: [], region, width: 80 });
    assert.deepEqual(lines.slice(0, 3), ["Not read (20)", "  f-0.txt", "    it is empty"]);
    assert.equal(lines.at(-1), "  and 8 more; --json shows all");
  });

  it("does not let a file's name steer the terminal", () => {
    const lines = outputsText({
      skipped: [{ file: "a\u001b[2J\nb", what: "\u202eodd" }],
      odd: [],
      gaps: [],
      region,
      width: 80,
    });
    assert.doesNotMatch(lines.join(" "), /[\p{Cc}\p{Cf}]/u);
  });
});
