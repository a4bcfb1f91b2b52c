// Compliant properties of the resource types that the rules in rules/storage/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";

export const STORAGE_PROPERTIES: Readonly<Record<string, Properties>> = {};
