// Compliant properties of the resource types that the rules in rules/key/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";

export const KEY_PROPERTIES: Readonly<Record<string, Properties>> = {};
