// What the scenes of a rule promise: compliant ones are judged and silent, violating ones fail once, on the named resource.

import assert from "node:assert/strict";
import type { Finding, Rule, StackSubject } from "../../policypack/rules/rule";
import { asked } from "./circumstances";
import type { Scene } from "./scenes/scene";

export function judged(rule: Rule, scenes: readonly Scene[]): void {
  assert.ok(scenes.length > 0);
  for (const scene of scenes) {
    assert.equal(scene.rule, rule.id);
    const silent = findings(rule, scene.compliant);
    assert.ok(
      silent.some(({ verdict }) => verdict.kind === "pass"),
      "the compliant scene is not judged",
    );
    for (const { verdict } of silent) assert.ok(["pass", "notApplicable"].includes(verdict.kind), verdict.reason);
    const said = findings(rule, scene.violating).filter(
      ({ verdict }) => !["pass", "notApplicable"].includes(verdict.kind),
    );
    assert.deepEqual(
      said.map(({ subject, verdict }) => [subject.name, verdict.kind]),
      [[scene.on, "fail"]],
    );
  }
}

/** What the rule finds in a stack: of each resource that it judges, then of the whole. */
export function findings(rule: Rule, resources: readonly StackSubject[], config = {}): readonly Finding[] {
  const under = asked(rule, { config });
  const single = resources.flatMap((subject) => {
    const verdict = rule.judges.includes(subject.type) ? rule.checkResource?.(subject, under) : undefined;
    return verdict === undefined ? [] : [{ subject, verdict }];
  });
  return [...single, ...(rule.checkStack?.(resources, under) ?? [])];
}
