// Makes policies of the rules. This folder is the only place that knows the policy host, its proxies and its reports.
// Invariant: the settings come first and what tells of their use last, so that both are right about the rules between them.

import { profileLevels, type Registry } from "../registry";
import { NO_SETTINGS } from "../settings";
import { type Policy, rulePolicy } from "./rule-policy";
import type { Run, Surroundings } from "./run";
import { settingsPolicy, tombstonePolicy, unusedPolicy } from "./settings-policies";

/** One policy for the settings, one a rule, one a tombstone, one for what is not used: in this order. */
export function policiesOf(registry: Registry, surroundings: Surroundings): Policy[] {
  const run: Run = {
    settings: NO_SETTINGS,
    settingsSeen: "",
    ofInputs: new Map(),
    complained: new Set(),
    inUse: new Set(),
    surroundings,
  };
  const levels = profileLevels(registry, "baseline");
  return [
    settingsPolicy(registry, run),
    ...registry.rules.map((rule) => rulePolicy(rule, levels[rule.id] ?? "mandatory", run)),
    ...registry.tombstones.map(tombstonePolicy),
    unusedPolicy(run),
  ];
}
