import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { ecsServiceCommand, shellCommand, shellWord } from "../../../migrate/core/words/remedy-command";

describe("remedy commands", () => {
  it("leave words alone that every shell takes literally", () => {
    assert.equal(
      ecsServiceCommand("update-service", { clusterName: "pay", serviceName: "api_v2" }, "--force-new-deployment"),
      "aws ecs update-service --cluster pay --service api_v2 --force-new-deployment",
    );
  });

  it("name services in the plural where the AWS CLI does", () => {
    assert.equal(
      ecsServiceCommand("describe-services", { clusterName: "pay", serviceName: "api" }),
      "aws ecs describe-services --cluster pay --services api",
    );
  });

  it("quote what a shell would expand", () => {
    assert.equal(shellWord("services[0].events[:5]"), "'services[0].events[:5]'");
    assert.equal(shellWord("it's $HOME"), "'it'\\''s $HOME'");
  });

  it("reach a POSIX shell's command word for word", () => {
    const word = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const script = `for word in ${shellCommand(...words)}; do printf '%s\\0' "$word"; done`;
        const seen = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
        assert.deepEqual(seen, words);
      }),
      { numRuns: 30 },
    );
  });
});
