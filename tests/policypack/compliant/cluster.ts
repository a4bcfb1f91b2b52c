// Compliant properties of the resource types that the rules in rules/cluster/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";

export const CLUSTER_PROPERTIES: Readonly<Record<string, Properties>> = {};
