// The policies that are no rules: the pack-wide settings, what of them is used, and ids of rules that were.
//
// Invariants
//   the settings policy is asked first for every resource, so the rules after it see this run's settings; the one that tells what is
//     not used is asked last
//   configuration that does nothing is never silent: it looks like protection

import type { PolicyResource, ReportViolation, StackValidationArgs } from "@pulumi/policy";
import { settingsMessage, unknownNameMessage, unusedMessage } from "../message";
import { nearest } from "../nearest";
import { type Registry, SETTINGS_ID, type Tombstone, UNUSED_ID } from "../registry";
import { parseSettings, unusedEntries } from "../settings";
import { type Policy, STACK } from "./rule-policy";
import type { Run } from "./run";
import { send } from "./send";

export function settingsPolicy(registry: Registry, run: Run): Policy {
  return {
    name: SETTINGS_ID,
    description: "Pack-wide settings: waivers, and clusters that need no key.",
    enforcementLevel: "mandatory",
    severity: "high",
    configSchema: {
      properties: {
        waivers: { default: [], description: "[{rule, urnPattern, reason, owner, expires}]" },
        exemptClusters: { default: [], description: "[{urnPattern, reason, owner}]" },
      },
    },
    validateResource: (args, report) => {
      const config = args.getConfig<Record<string, unknown>>();
      const names = run.surroundings.configuredNames();
      const seen = JSON.stringify([config, names]);
      if (seen === run.settingsSeen) return;
      run.settingsSeen = seen;
      takeSettings(config, { registry, run, report });
      tellUnknownNames(names, registry, report);
    },
  };
}

interface Taking {
  readonly registry: Registry;
  readonly run: Run;
  readonly report: ReportViolation;
}

function takeSettings(config: Readonly<Record<string, unknown>>, { registry, run, report }: Taking): void {
  const { settings, problems } = parseSettings(
    config,
    registry.rules.map(({ id }) => id),
  );
  run.settings = settings;
  for (const entry of new Set(problems.map((problem) => problem.entry))) {
    const ofEntry = problems.filter((problem) => problem.entry === entry);
    send(report, { message: settingsMessage(entry, ofEntry), isAdvisory: false });
  }
}

/** Pulumi hands them over and says nothing of them. */
function tellUnknownNames(names: readonly string[], { rules, tombstones }: Registry, report: ReportViolation): void {
  const known = [SETTINGS_ID, UNUSED_ID, ...[...rules, ...tombstones].map(({ id }) => id)];
  for (const name of names.filter((one) => one !== EVERY_POLICY && !known.includes(one))) {
    send(report, { message: unknownNameMessage(name, nearest(name, known)), isAdvisory: false });
  }
}

/** Pulumi's own name for the level of all policies. */
const EVERY_POLICY = "all";

/** Tells which waivers and exemptions accepted nothing in this stack. */
export function unusedPolicy(run: Run): Policy {
  return {
    name: UNUSED_ID,
    description: "Every waiver and exemption that speaks of this stack accepts something.",
    enforcementLevel: "advisory",
    severity: "low",
    validateStack: ({ resources }: StackValidationArgs, report: ReportViolation) => {
      const stack = resources.find(({ type }) => type === STACK);
      const urns = resources.map(({ urn }: PolicyResource) => urn);
      for (const unused of unusedEntries(run.settings, { inUse: run.inUse, urns })) {
        send(report, { message: unusedMessage(unused), isAdvisory: true }, stack?.urn);
      }
    },
  };
}

/** Configuration that still speaks of a rule that was must not look like protection: it is answered once a run. */
export function tombstonePolicy({ id, removedIn, reason }: Tombstone): Policy {
  const text = `Rule ${id} was removed in ${removedIn}. ${reason} Its configuration does nothing: remove it.`;
  return {
    name: id,
    description: text,
    enforcementLevel: "disabled",
    validateResource: ({ type, notApplicable }, report) => {
      if (type !== STACK) notApplicable(text);
      send(report, { message: text, isAdvisory: true });
    },
  };
}
