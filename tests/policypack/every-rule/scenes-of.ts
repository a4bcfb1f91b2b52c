// The scenes of every rule, and what a rule says of one: as the pack reports it, without its host.

import { readdirSync } from "node:fs";
import path from "node:path";
import { REGISTRY } from "../../../policypack/registry";
import { reportOf } from "../../../policypack/report";
import type { Moment, Rule, StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { NO_SETTINGS } from "../../../policypack/settings";
import { asked } from "../circumstances";
import type { Scene } from "../scenes/scene";

/** By the rule's id, in the registry's order; a rule without a scene has none. */
export function scenesOf(id: string): readonly Scene[] {
  return SCENES.filter(({ rule }) => rule === id);
}

export interface Said {
  readonly subject: StackSubject | { readonly name: string; readonly type: string; readonly urn: string };
  readonly verdict: Verdict;
  readonly message: string;
  readonly isAdvisory: boolean;
}

/** What the rule says of the stack, of inputs first, then of outputs; what it said of both, once. */
export function said(rule: Rule, resources: readonly StackSubject[], moment: Moment = "preview"): readonly Said[] {
  const under = asked(rule, { moment });
  const seen = resources
    .filter(({ type }) => Object.hasOwn(rule.reads, type))
    .map((one) => ({ ...one, properties: onlyRead(rule, one) }));
  const ofInputs = seen
    .filter(({ type }) => rule.judges.includes(type))
    .flatMap((subject) => {
      const verdict = rule.checkResource?.(subject, under);
      return verdict === undefined ? [] : [{ subject, verdict }];
    });
  const all = [...ofInputs, ...(rule.checkStack?.(seen, under) ?? [])].flatMap(({ subject, verdict }): Said[] => {
    const about = { rule, urn: subject.urn, name: subject.name, settings: NO_SETTINGS, today: "2027-01-15" };
    const report = reportOf(verdict, about);
    return report === null ? [] : [{ subject, verdict, message: report.message, isAdvisory: report.isAdvisory }];
  });
  return [...new Map(all.map((one) => [`${one.subject.urn} ${one.message}`, one])).values()];
}

export function ruleCalled(id: string): Rule {
  const rule = REGISTRY.rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}

/** The adapter gives a rule no more. */
function onlyRead(rule: Rule, { type, properties }: StackSubject) {
  const names = rule.reads[type] ?? [];
  return Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
}

/** What scenes are made of. */
const NO_SCENES = ["scene.js", "keyed-cluster.js"];
const FOLDER = path.join(__dirname, "../scenes");
const SCENES: readonly Scene[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".js") && !NO_SCENES.includes(file))
  .toSorted()
  .flatMap((file) => (require(path.join(FOLDER, file)) as { SCENES: readonly Scene[] }).SCENES);

/** Ids that scenes name. */
export const SCENE_RULES: readonly string[] = [...new Set(SCENES.map(({ rule }) => rule))];
