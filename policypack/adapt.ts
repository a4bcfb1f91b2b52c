// Makes policies of the rules: the only place that knows the policy host, its proxies and its reports.
//
// Invariants
//   reports go through the object form of the host's callback, which the host does not document and a test pins: only it can be
//     advisory under a mandatory rule, and only it leaves the first line to us
//   a rule that throws is a violation, never the end of the preview
//   the settings policy runs first for every resource, so the rules after it see this run's settings
//   what was reported of a resource's inputs is not repeated of its outputs; nothing else is ever held back, since one process may
//     see the same resource in a preview and in the update after it

import {
  type Policies,
  type PolicyResource,
  type ReportViolation,
  type ResourceValidationArgs,
  UnknownValueError,
} from "@pulumi/policy";
import { copyKnown } from "./copy-known";
import { settingsMessage } from "./message";
import { circumstances, parseParameters } from "./parameters";
import { profileLevels, type Registry, SETTINGS_ID, type Tombstone } from "./registry";
import { type About, type NotEvaluated, notEvaluated, type Report, reportOf } from "./report";
import { type Look, lookAt, type Properties } from "./rules/look";
import type { Finding, Rule, StackSubject, Subject } from "./rules/rule";
import type { Verdict } from "./rules/verdict";
import { NO_SETTINGS, parseSettings, type Settings } from "./settings";

export interface Surroundings {
  /** The day that waivers are compared with, ISO 8601 in UTC. */
  today(): string;
  /** Where the provider goes when neither resource nor provider says so; undefined when nothing says so. */
  readonly ambientRegion: string | undefined;
}

type Policy = Policies[number];

const STACK = "pulumi:pulumi:Stack";

/** One policy for the settings, one a rule, one a tombstone: in this order. */
export function policiesOf(registry: Registry, surroundings: Surroundings): Policy[] {
  const run: Run = { settings: NO_SETTINGS, settingsSeen: "", ofInputs: new Map(), surroundings };
  const levels = profileLevels(registry, "baseline");
  return [
    settingsPolicy(registry, run),
    ...registry.rules.map((rule) => ({
      ...describe(rule),
      enforcementLevel: levels[rule.id] ?? "mandatory",
      ...checks(rule, run),
    })),
    ...registry.tombstones.map(tombstonePolicy),
  ];
}

/** What the policies of one process share. */
interface Run {
  settings: Settings;
  /** The settings as JSON, to parse and complain once. */
  settingsSeen: string;
  /** Rule and URN → the message about the resource's inputs. */
  readonly ofInputs: Map<string, string>;
  readonly surroundings: Surroundings;
}

function settingsPolicy({ rules }: Registry, run: Run): Policy {
  return {
    name: SETTINGS_ID,
    description: "Pack-wide settings: waivers, and clusters that need no key.",
    enforcementLevel: "mandatory",
    severity: "high",
    configSchema: {
      properties: {
        waivers: { type: "array", items: {}, default: [], description: "[{rule, urnPattern, reason, owner, expires}]" },
        exemptClusters: { type: "array", items: {}, default: [], description: "[{urnPattern, reason, owner}]" },
      },
    },
    validateResource: (args, report) => {
      const config = args.getConfig<Record<string, unknown>>();
      const seen = JSON.stringify(config);
      if (seen === run.settingsSeen) return;
      const { settings, problems } = parseSettings(
        config,
        rules.map(({ id }) => id),
      );
      run.settings = settings;
      run.settingsSeen = seen;
      for (const entry of new Set(problems.map((problem) => problem.entry))) {
        const message = settingsMessage(
          entry,
          problems.filter((problem) => problem.entry === entry),
        );
        send(report, { message, isAdvisory: false });
      }
    },
  };
}

function describe(rule: Rule) {
  const [first] = rule.controls;
  return {
    name: rule.id,
    description: rule.title,
    severity: rule.severity,
    remediationSteps: rule.remedy,
    tags: rule.controls.flatMap(({ framework, ids }) => ids.map((id) => `${framework} ${id}`)),
    ...(first === undefined
      ? {}
      : {
          framework: {
            name: first.framework,
            version: first.version,
            reference: first.ids.join(", "),
            specification: rule.title,
          },
        }),
  };
}

function checks(rule: Rule, run: Run) {
  const { checkResource, checkStack } = rule;
  return {
    ...(checkResource === undefined ? {} : { validateResource: resourceCheck(rule, checkResource, run) }),
    ...(checkStack === undefined ? {} : { validateStack: stackCheck(rule, checkStack, run) }),
  };
}

function resourceCheck(rule: Rule, check: NonNullable<Rule["checkResource"]>, run: Run) {
  return (args: ResourceValidationArgs, report: ReportViolation): void => {
    if (!rule.judges.includes(args.type)) args.notApplicable(`judges ${rule.judges.join(", ")}`);
    const under = circumstances(rule, "preview", parseParameters(rule, args.getConfig()).values);
    const verdict = evaluated(() => check(subjectOf(rule, args, run), under));
    const said = reportOf(verdict, about(rule, args, run));
    run.ofInputs.set(`${rule.id} ${args.urn}`, said?.message ?? "");
    if (said !== null) send(report, said);
    if (verdict.kind === "notApplicable") args.notApplicable(verdict.reason);
  };
}

function stackCheck(rule: Rule, check: NonNullable<Rule["checkStack"]>, run: Run) {
  return ({ resources }: { readonly resources: readonly PolicyResource[] }, report: ReportViolation): void => {
    for (const { subject, verdict } of findingsOf(rule, check, { resources, run })) {
      const said = reportOf(verdict, about(rule, subject, run));
      if (said === null || run.ofInputs.get(`${rule.id} ${subject.urn}`) === said.message) continue;
      send(report, said, subject.urn);
    }
  };
}

interface Seen {
  readonly resources: readonly PolicyResource[];
  readonly run: Run;
}

/** A check that throws is one finding, about the stack. */
function findingsOf(rule: Rule, check: NonNullable<Rule["checkStack"]>, { resources, run }: Seen) {
  try {
    const seen = resources.filter(({ type }) => Object.hasOwn(rule.reads, type));
    const under = circumstances(rule, "preview", parseParameters(rule, {}).values);
    return check(
      seen.map((resource) => stackSubjectOf(rule, resource, run)),
      under,
    );
  } catch (error) {
    const subject = { type: STACK, urn: "", name: "the stack" };
    return [{ subject, verdict: notEvaluated(error) }];
  }
}

function evaluated(evaluate: () => Verdict): Verdict | NotEvaluated {
  try {
    return evaluate();
  } catch (error) {
    return notEvaluated(error);
  }
}

/** The types of the host know only texts; it has always taken such objects too, and only they can carry a level. */
function send(report: ReportViolation, { message, isAdvisory }: Report, urn = ""): void {
  const said = { message, ...(isAdvisory ? { enforcementLevel: "advisory" } : {}), ...(urn === "" ? {} : { urn }) };
  (report as unknown as (said: object) => void)(said);
}

function about(rule: Rule, { urn, name }: Finding["subject"], { settings, surroundings }: Run): About {
  return { rule, urn, name, settings, today: surroundings.today() };
}

function subjectOf(rule: Rule, args: ResourceValidationArgs | PolicyResource, run: Run): Subject {
  const { type, urn, name } = args;
  const properties = copyKnown(args.props, rule.reads[type] ?? [], meansUnknown);
  const { ignoreChanges } = args.opts;
  return { type, urn, name, properties, region: regionOf(args, run.surroundings), ignoredChanges: ignoreChanges };
}

function stackSubjectOf(rule: Rule, resource: PolicyResource, run: Run): StackSubject {
  const madeFrom = Object.entries(resource.propertyDependencies).map(([name, from]) => [
    name,
    from.map(({ urn }) => urn),
  ]);
  return { ...subjectOf(rule, resource, run), madeFrom: Object.fromEntries(madeFrom) };
}

function meansUnknown(error: unknown): boolean {
  return error instanceof UnknownValueError;
}

function regionOf({ props, provider }: ResourceValidationArgs | PolicyResource, { ambientRegion }: Surroundings): Look {
  const places: readonly Properties[] = [props, provider?.props ?? {}].map((one) =>
    copyKnown(one, ["region"], meansUnknown),
  );
  const looks = [...places, { region: ambientRegion }].map((place) => lookAt(place, "region"));
  return looks.find(({ state }) => state !== "absent") ?? { state: "absent" };
}

/** Configuration that still speaks of a rule that was must not look like protection: it is answered once a run. */
function tombstonePolicy({ id, removedIn, reason }: Tombstone): Policy {
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
