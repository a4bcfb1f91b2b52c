// Compliant properties of the resource types that the rules in rules/monitoring/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";

export const MONITORING_PROPERTIES: Readonly<Record<string, Properties>> = {};
