// Compliant properties of the resource types that the rules in rules/access/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";

export const ACCESS_PROPERTIES: Readonly<Record<string, Properties>> = {};
