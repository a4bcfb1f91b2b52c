// The circumstances under which a test asks a rule: of a preview, with the standard values of its parameters.

import { circumstances, parseParameters } from "../../policypack/parameters";
import type { Circumstances, Moment, Rule } from "../../policypack/rules/rule";

interface Asked {
  readonly moment?: Moment;
  /** What a configuration sets for the rule. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export function asked(rule: Rule, { moment = "preview", config = {} }: Asked = {}): Circumstances {
  return circumstances(rule, moment, parseParameters(rule, config).values);
}
