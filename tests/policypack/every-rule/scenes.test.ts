import assert from "node:assert/strict";
import { REGISTRY } from "../../../policypack/registry";
import { reportOf } from "../../../policypack/report";
import type { Verdict } from "../../../policypack/rules/verdict";
import { NO_SETTINGS } from "../../../policypack/settings";
import { SCENE_RULES, said, scenesOf } from "./scenes-of";
import { syntaxErrors } from "./syntax-errors";

const WIDTH_MAX = 70;

describe("every rule", () => {
  it("has a scene, and every scene a rule", () => {
    assert.deepEqual(SCENE_RULES.toSorted(), REGISTRY.rules.map(({ id }) => id).toSorted());
  });

  for (const rule of REGISTRY.rules) {
    it(`${rule.id} says nothing of a stack that is as it should be`, () => {
      for (const { compliant } of scenesOf(rule.id)) {
        assert.deepEqual(
          said(rule, compliant).map(({ message }) => message),
          [],
        );
      }
    });

    it(`${rule.id} judges that stack: one thing wrong is found, once`, () => {
      for (const { violating, on } of scenesOf(rule.id)) {
        const found = said(rule, violating);
        assert.deepEqual(
          found.map(({ subject, verdict }) => [subject.name, verdict.kind]),
          [[on, "fail"]],
        );
        for (const { message } of found) assert.ok(message.includes(on), message);
      }
    });

    it(`${rule.id} shows a change that can be pasted, in lines that fit a terminal`, () => {
      for (const { violating } of scenesOf(rule.id)) {
        for (const { verdict, message } of said(rule, violating)) {
          const change = changeOf(verdict);
          assert.ok(change.length > 0);
          assert.deepEqual(syntaxErrors(change), [], change.join("\n"));
          assert.doesNotMatch(message, /[!\u2028]|undefined|\[object|NaN/);
          for (const line of message.split("\n").slice(1)) assert.ok(fits(line), `${line.length} wide: ${line}`);
        }
      }
    });

    it(`${rule.id} says so when it cannot be evaluated`, () => {
      const about = { rule, urn: "urn", name: "web", settings: NO_SETTINGS, today: "2027-01-15" };
      const report = reportOf({ kind: "notEvaluated", error: new TypeError("secret") }, about);
      assert.ok(report !== null && !report.isAdvisory && !report.message.includes("secret"));
    });
  }
});

function changeOf(verdict: Verdict): readonly string[] {
  return verdict.kind === "fail" ? verdict.change : [];
}

/** A line of code may be longer only where a value of the program is: an ARN, a URN. */
function fits(line: string): boolean {
  return line.length <= WIDTH_MAX + 6 || /\S{40,}/.test(line);
}
