// How the rules' checks of a whole stack grow with it, without the transport, which grows as the stack does and would hide it.

import { circumstances, parseParameters } from "../../../policypack/parameters";
import { REGISTRY } from "../../../policypack/registry";
import type { Rule, StackSubject } from "../../../policypack/rules/rule";
import { urnOf } from "../../policypack/policy-host";
import { mixedStack } from "./mixed-stack";
import { quickest } from "./quickest";

export interface Growth {
  readonly rule: string;
  /** Of a stack of GROWTH_SIZE resources, and of one twice as large. */
  readonly ms: number;
  readonly doubleMs: number;
}

/** Resources. */
export const GROWTH_SIZE = 2_000;

export async function ruleGrowth(rounds: number): Promise<readonly Growth[]> {
  const [stack, double] = [subjects(GROWTH_SIZE), subjects(2 * GROWTH_SIZE)];
  const found: Growth[] = [];
  for (const rule of REGISTRY.rules.filter(({ checkStack }) => checkStack !== undefined)) {
    const works = [stack, double].map((resources) => async () => judge(rule, resources));
    const [ms = 0, doubleMs = 0] = await quickest(works, rounds);
    found.push({ rule: rule.id, ms, doubleMs });
  }
  return found;
}

function judge(rule: Rule, resources: readonly StackSubject[]): void {
  // A list of its own for each call, as the adapter makes it: what is remembered of a list is not free the second time.
  const seen = resources.filter(({ type }) => Object.hasOwn(rule.reads, type));
  rule.checkStack?.(seen, circumstances(rule, "preview", parseParameters(rule, {}).values));
}

function subjects(size: number): readonly StackSubject[] {
  return mixedStack(size).map(({ type, name, properties, region = "", madeFrom = {} }) => ({
    ...{ type, name, properties, madeFrom, urn: urnOf({ type, name }) },
    region: { state: "known", value: region },
    ignoredChanges: [],
  }));
}
