// What a configuration sets for one rule: read at the edge, handed to checks as circumstances.
//
// Invariants
//   a parameter that cannot be read is a problem that names its place and value, and its standard value holds
//   the host is given no types for parameters: it would end the preview over a wrong one, in words of its own

import { shown } from "./rules/look";
import type { Circumstances, Moment, Parameter, ParameterValue, Profile, Rule } from "./rules/rule";
import type { SettingsProblem } from "./settings";

export interface ParsedParameters {
  readonly values: ParameterValues;
  readonly problems: readonly SettingsProblem[];
}

export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** Reads what stands under the rule's id in the pack's configuration, without the level, which the host takes out. */
export function parseParameters(rule: Rule, config: Readonly<Record<string, unknown>>): ParsedParameters {
  const parameters = rule.parameters ?? {};
  const odd = Object.keys(config).filter((name) => !Object.hasOwn(parameters, name) && name !== "enforcementLevel");
  const parsed = Object.entries(parameters).map(([name, parameter]) => ({
    name,
    parameter,
    remedy: Object.hasOwn(config, name) ? remedyFor(parameter, config[name]) : null,
  }));
  const values = parsed.map(({ name, parameter, remedy }) => [
    name,
    Object.hasOwn(config, name) && remedy === null ? config[name] : parameter.standard,
  ]);
  return {
    values: Object.fromEntries(values) as ParameterValues,
    problems: [
      ...odd.map((name) => problemAt(rule, name, { value: config[name], remedy: onlyKnows(rule) })),
      ...parsed.flatMap(({ name, remedy }) =>
        remedy === null ? [] : [problemAt(rule, name, { value: config[name], remedy })],
      ),
    ],
  };
}

/** What the parameters of a rule are in a profile. */
export function profileParameters({ parameters = {} }: Rule, profile: Profile): ParameterValues {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { standard, strict = standard }]) => [
      name,
      profile === "strict" ? strict : standard,
    ]),
  );
}

/** Values as checks ask for them. */
export function circumstances(rule: Rule, moment: Moment, values: ParameterValues): Circumstances {
  const configured = (name: string) => {
    if (!Object.hasOwn(values, name)) throw new Error(`${rule.id} has no parameter ${name}`);
    return values[name];
  };
  return {
    moment,
    number: (name) => numberOf(configured(name)),
    flag: (name) => flagOf(configured(name)),
    texts: (name) => textsOf(configured(name)),
  };
}

const TEXTS_MAX = 100;
const TEXT_CHARACTERS_MAX = 500;

function problemAt(rule: Rule, name: string, { value, remedy }: { value: unknown; remedy: string }): SettingsProblem {
  return { entry: rule.id, place: `${rule.id}.${name}`, value: shown(value), remedy };
}

function onlyKnows({ parameters = {} }: Rule): string {
  const names = Object.keys(parameters);
  return names.length === 0 ? "the rule takes a level only" : `the rule takes only ${names.join(", ")}`;
}

/** What to give instead; null when the value will do. */
function remedyFor({ accepts }: Parameter, value: unknown): string | null {
  switch (accepts.kind) {
    case "number": {
      const { min, max } = accepts;
      const fits = typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
      return fits ? null : `give a whole number from ${min} to ${max}`;
    }
    case "flag":
      return typeof value === "boolean" ? null : "give true or false";
    case "texts": {
      const { pattern, example } = accepts;
      const isText = (one: unknown) =>
        typeof one === "string" && one.length <= TEXT_CHARACTERS_MAX && pattern.test(one);
      const fits = Array.isArray(value) && value.length <= TEXTS_MAX && value.every(isText);
      return fits ? null : `give a list of at most ${TEXTS_MAX} texts such as ${shown(example)}`;
    }
  }
}

function numberOf(value: unknown): number {
  if (typeof value !== "number") throw new Error("the parameter is no number");
  return value;
}

function flagOf(value: unknown): boolean {
  if (typeof value !== "boolean") throw new Error("the parameter is no flag");
  return value;
}

function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new Error("the parameter is no list of texts");
  return value as readonly string[];
}
