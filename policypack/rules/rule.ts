// What a rule of the pack is: its meaning for people, and pure checks of resources and stacks.
//
// Invariants
//   a check is synchronous, takes values and answers a verdict: it prints nothing, throws nothing by intent and knows no Pulumi
//   a check is given only the properties that its rule names in `reads`: nothing else, no secret either, reaches it
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
  /** Types that it judges, by Pulumi type token. */
  readonly judges: readonly string[];
  /** The top-level properties that it is given, by type token; judged types and those that it only looks up. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** Judges a resource by its inputs, before it is created or changed. */
  readonly checkResource?: (subject: Subject) => Verdict;
  /** Judges resources by their outputs and dependencies, after a preview or update that succeeded. */
  readonly checkStack?: (resources: readonly StackSubject[]) => readonly Finding[];
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
