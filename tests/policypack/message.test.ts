import assert from "node:assert/strict";
import { failMessage, unknownMessage } from "../../policypack/message";
import { REGISTRY } from "../../policypack/registry";
import { fail, unknown } from "../../policypack/rules/verdict";

const WIDTH = 70;
const LONG = "a reason that goes on and on ".repeat(8).trim();
const SNIPPET = `const key = "${"x".repeat(120)}";`;

describe("messages", () => {
  it("begin with the reason alone on one line, and break what follows to fit a terminal of 80 columns", () => {
    for (const rule of REGISTRY.rules) {
      const message = failMessage(rule, fail({ reason: LONG, evidence: [LONG], change: [SNIPPET] }), null);
      const [first, ...others] = message.split("\n");
      assert.equal(first, LONG);
      assert.ok(others.includes(`    ${SNIPPET}`));
      assert.deepEqual(
        others.filter((line) => line.length > WIDTH && line.trim() !== SNIPPET),
        [],
      );
    }
  });

  it("say why, what to change, the controls and where to read more", () => {
    for (const rule of REGISTRY.rules) {
      const message = failMessage(rule, fail({ reason: "Wrong.", evidence: [], change: ["a();"] }), null);
      assert.match(message, /\nWhy: [A-Z][\s\S]*\nChange:\n {4}a\(\);\n[\s\S]*Controls: [A-Z]/);
      assert.ok(message.endsWith(`\nMore: fargate-cmk-policy/RULES.md#${rule.id}`));
    }
  });

  it("point an EC2-only cluster to its exemption, where there is one", () => {
    const texts = REGISTRY.rules.map((rule) => failMessage(rule, fail({ reason: "", evidence: [], change: [] }), null));
    assert.deepEqual(
      texts.map((text) => text.includes("settings.exemptClusters")),
      REGISTRY.rules.map(({ id }) => id === "cluster-fargate-key"),
    );
  });

  it("keep a command on a line of its own, to copy", () => {
    const [rule] = REGISTRY.rules;
    assert.ok(rule);
    const command = `aws kms describe-key --key-id ${"k".repeat(80)}`;
    const message = unknownMessage(rule, { ...unknown("Unseen.", "you"), command });
    assert.deepEqual(message.split("\n").slice(0, 3), ["Unseen.", "Checked by: you", `    ${command}`]);
  });
});
