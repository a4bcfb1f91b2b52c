// A stack that one rule judges: as it should be, and with one thing wrong. The suites over all rules are made of these.

import type { StackSubject } from "../../../policypack/rules/rule";

export interface Scene {
  /** The rule's id. */
  readonly rule: string;
  /** Judged by the rule, which has no word for it. */
  readonly compliant: readonly StackSubject[];
  /** The same with one thing wrong. */
  readonly violating: readonly StackSubject[];
  /** The name of the one resource on which the rule then fails, once. */
  readonly on: string;
}
