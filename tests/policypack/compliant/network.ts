// Compliant properties of the resource types that the rules in rules/network/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";

export const NETWORK_PROPERTIES: Readonly<Record<string, Properties>> = {};
