// Compliant properties of the resource types that the rules in rules/launch/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";

export const LAUNCH_PROPERTIES: Readonly<Record<string, Properties>> = {};
