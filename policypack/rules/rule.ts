// What a rule of the pack is: its meaning for people, and pure checks of resources and stacks.
//
// Invariants
//   a check is synchronous, takes values and answers a verdict: it prints nothing, throws nothing by intent and knows no Pulumi
//   a check is given only the properties that its rule names in `reads`: nothing else, no secret either, reaches it
//   what a configuration may change of a rule is named in `parameters`, with a value that holds when nothing is configured
//   `unknown` never counts as pass

import type { Look, Properties } from "./look";
import type { Verdict } from "./verdict";

export type Level = "advisory" | "mandatory" | "disabled";
export type Profile = "baseline" | "strict";
export type Severity = "low" | "medium" | "high" | "critical";

/** A control that the rule helps to meet. No framework asks for a customer managed key by name. */
export interface Control {
  readonly framework: string;
  readonly version: string;
  readonly ids: readonly string[];
}

export type ParameterValue = number | boolean | readonly string[];

/** Something that a configuration may set for one rule. */
export interface Parameter {
  /** What it decides, with its unit, as a sentence. */
  readonly description: string;
  /** Holds without configuration, and in the baseline profile. */
  readonly standard: ParameterValue;
  /** In the strict profile, where that differs. */
  readonly strict?: ParameterValue;
  readonly accepts: Accepts;
}

export type Accepts =
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  | { readonly kind: "flag" }
  /** Each a text that matches; `example` is shown to who gives another. */
  | { readonly kind: "texts"; readonly pattern: RegExp; readonly example: string };

/** When a check is asked: before anything changes, before one resource changes, or of a state that was exported. */
export type Moment = "preview" | "update" | "state";

/** What a check is asked under. A name that is no parameter of the rule, or of another kind, throws. */
export interface Circumstances {
  readonly moment: Moment;
  number(parameter: string): number;
  flag(parameter: string): boolean;
  texts(parameter: string): readonly string[];
}

/** A change of one input that mends a violation: `path` is a list of property names and indexes, `undefined` removes. */
export interface Mending {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

export interface Rule {
  /** Kebab-case; contract: it stands in configuration files and waivers. */
  readonly id: string;
  /** What it demands, as a sentence. */
  readonly title: string;
  readonly levels: Readonly<Record<Profile, Level>>;
  readonly severity: Severity;
  readonly controls: readonly Control[];
  /** Why it matters: one or two sentences, shown below every violation. */
  readonly why: string;
  /** What to do in general; each violation shows the change for its own resource. */
  readonly remedy: string;
  /** How far it sees: said in the rule's documentation. */
  readonly limits: string;
  /** A program that satisfies it, as TypeScript statements that compile after `import * as aws from "@pulumi/aws"`; a test compiles them. */
  readonly example: readonly string[];
  readonly parameters?: Readonly<Record<string, Parameter>>;
  /** Types that it judges, by Pulumi type token. */
  readonly judges: readonly string[];
  /** The top-level properties that it is given, by type token; judged types and those that it only looks up. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** Judges a resource by its inputs, before it is created or changed. */
  readonly checkResource?: (subject: Subject, circumstances: Circumstances) => Verdict;
  /** Judges resources by their outputs and dependencies, after a preview or update that succeeded. */
  readonly checkStack?: (resources: readonly StackSubject[], circumstances: Circumstances) => readonly Finding[];
  /** The changes that would mend the resource's inputs, none when nothing is wrong; made only at the level `remediate`. */
  readonly remediate?: (subject: Subject) => readonly Mending[];
  /** Set where `exemptClusters` of the settings speaks of the rule. */
  readonly takesExemptions?: true;
}

export interface Subject {
  readonly type: string;
  readonly urn: string;
  /** The resource's name in the program. */
  readonly name: string;
  readonly properties: Properties;
  /** Where the resource will be: its own `region`, else its provider's. */
  readonly region: Look;
  /** Property paths whose change Pulumi is told to ignore: the program's value is not what is used. */
  readonly ignoredChanges: readonly string[];
}

export interface StackSubject extends Subject {
  /** URNs that each top-level property was made from. */
  readonly madeFrom: Readonly<Record<string, readonly string[]>>;
}

export interface Finding {
  readonly subject: Pick<Subject, "type" | "urn" | "name">;
  readonly verdict: Verdict;
}
