// Makes a policy of a rule.
//
// Invariants
//   a rule that throws is a violation, never the end of the preview
//   what was reported of a resource's inputs is not repeated of its outputs; nothing else is ever held back, since one process may
//     see the same resource in a preview and in the update after it
//   a configuration of the rule that cannot be read is said once, at the rule's level, and its standard values hold

import type {
  Policies,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { configurationMessage } from "../message";
import { circumstances, parseParameters } from "../parameters";
import { type About, type NotEvaluated, notEvaluated, type Report, reportOf } from "../report";
import type { Circumstances, Finding, Level, Rule } from "../rules/rule";
import type { Verdict } from "../rules/verdict";
import { mended } from "./mended";
import type { Run } from "./run";
import { send } from "./send";
import { stackSubjectOf, subjectOf } from "./subject-of";

export type Policy = Policies[number];

export const STACK = "pulumi:pulumi:Stack";

export function rulePolicy(rule: Rule, level: Level, run: Run): Policy {
  const { checkResource, checkStack, remediate } = rule;
  return {
    ...describe(rule),
    enforcementLevel: level,
    ...(checkResource === undefined ? {} : { validateResource: resourceCheck(rule, checkResource, run) }),
    ...(checkStack === undefined ? {} : { validateStack: stackCheck(rule, checkStack, run) }),
    ...(remediate === undefined ? {} : { remediateResource: remediation(rule, remediate, run) }),
  } as Policy;
}

function describe(rule: Rule) {
  const [first] = rule.controls;
  const parameters = Object.entries(rule.parameters ?? {});
  return {
    name: rule.id,
    description: rule.title,
    severity: rule.severity,
    remediationSteps: rule.remedy,
    tags: rule.controls.flatMap(({ framework, ids }) => ids.map((id) => `${framework} ${id}`)),
    ...(parameters.length === 0 ? {} : { configSchema: { properties: schemaOf(parameters) } }),
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

/** Without types: the CLI would end the preview over a wrong one, where we say it with its place and go on. */
function schemaOf(parameters: readonly (readonly [string, { description: string; standard: unknown }])[]) {
  return Object.fromEntries(
    parameters.map(([name, { description, standard }]) => [name, { description, default: standard }]),
  );
}

function resourceCheck(rule: Rule, check: NonNullable<Rule["checkResource"]>, run: Run) {
  return (args: ResourceValidationArgs, report: ReportViolation): void => {
    const under = circumstancesOf(rule, args, { run, report });
    if (!rule.judges.includes(args.type)) args.notApplicable(`judges ${rule.judges.join(", ")}`);
    const verdict = evaluated(() => check(subjectOf(rule, args, run.surroundings), under));
    const said = reported(verdict, about(rule, args, run), run);
    run.ofInputs.set(`${rule.id} ${args.urn}`, said?.message ?? "");
    if (said !== null) send(report, said);
    if (verdict.kind === "notApplicable") args.notApplicable(verdict.reason);
  };
}

function stackCheck(rule: Rule, check: NonNullable<Rule["checkStack"]>, run: Run) {
  return (args: StackValidationArgs, report: ReportViolation): void => {
    const under = circumstancesOf(rule, args, { run, report });
    for (const { subject, verdict } of findingsOf(rule, check, { resources: args.resources, under, run })) {
      const said = reported(verdict, about(rule, subject, run), run);
      if (said === null || run.ofInputs.get(`${rule.id} ${subject.urn}`) === said.message) continue;
      send(report, said, subject.urn);
    }
  };
}

/** Asked at the level `remediate` only. A rule that throws mends nothing: its check speaks of that. */
function remediation(rule: Rule, remediate: NonNullable<Rule["remediate"]>, run: Run) {
  return (args: ResourceValidationArgs): Record<string, unknown> | undefined => {
    if (!rule.judges.includes(args.type)) return undefined;
    try {
      const mendings = remediate(subjectOf(rule, args, run.surroundings));
      return mendings.length === 0 ? undefined : mended(args.props, mendings);
    } catch {
      return undefined;
    }
  };
}

interface Asked {
  getConfig<T extends object>(): T;
}

function circumstancesOf(
  rule: Rule,
  args: Asked,
  { run, report }: { run: Run; report: ReportViolation },
): Circumstances {
  const config = args.getConfig<Record<string, unknown>>();
  const { values, problems } = parseParameters(rule, config);
  if (problems.length > 0) {
    const seen = `${rule.id} ${JSON.stringify(config)}`;
    if (!run.complained.has(seen)) send(report, { message: configurationMessage(rule, problems), isAdvisory: false });
    run.complained.add(seen);
  }
  return circumstances(rule, run.surroundings.moment, values);
}

interface Seen {
  readonly resources: readonly PolicyResource[];
  readonly under: Circumstances;
  readonly run: Run;
}

/** A check that throws is one finding, about the stack. */
function findingsOf(rule: Rule, check: NonNullable<Rule["checkStack"]>, { resources, under, run }: Seen) {
  try {
    const seen = resources.filter(({ type }) => Object.hasOwn(rule.reads, type));
    const subjects = seen.map((resource) => stackSubjectOf(rule, resource, run.surroundings));
    return check(subjects, under);
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

function reported(verdict: Verdict | NotEvaluated, subject: About, run: Run): Report | null {
  const said = reportOf(verdict, subject);
  for (const one of said?.spokenFor ?? []) run.inUse.add(one);
  return said;
}

function about(rule: Rule, { urn, name }: Finding["subject"], { settings, surroundings }: Run): About {
  return { rule, urn, name, settings, today: surroundings.today() };
}
