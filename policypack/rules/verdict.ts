// What a check answers.
// Invariant: every verdict says why, in a sentence that a stranger understands without the rule's page.

export type Verdict = Pass | Fail | NotApplicable | Unknown;

export interface Pass {
  readonly kind: "pass";
  readonly reason: string;
}

export interface NotApplicable {
  readonly kind: "notApplicable";
  readonly reason: string;
}

export interface Fail {
  readonly kind: "fail";
  /** What is wrong, with the value: the first line of the message. */
  readonly reason: string;
  /** What was seen beyond that, as lines; may be empty. */
  readonly evidence: readonly string[];
  /** The change to that resource's program, as TypeScript lines or a diff of them. */
  readonly change: readonly string[];
  /** Why this failure matters, where the rule's own reason does not fit it. */
  readonly why?: string;
  /** Given where this failure never blocks, whatever the level of the rule. */
  readonly weight?: "advisory";
}

export interface Unknown {
  readonly kind: "unknown";
  /** What could not be seen. */
  readonly reason: string;
  /** Where it will be checked, or how a person checks it. */
  readonly checkedBy: string;
  /** The command with which a person checks it. */
  readonly command?: string;
}

export function pass(reason: string): Pass {
  return { kind: "pass", reason };
}

export function notApplicable(reason: string): NotApplicable {
  return { kind: "notApplicable", reason };
}

export function unknown(reason: string, checkedBy: string): Unknown {
  return { kind: "unknown", reason, checkedBy };
}

export function fail(found: Omit<Fail, "kind">): Fail {
  return { kind: "fail", ...found };
}
