// Stacks that abac-tags judges: a map of tags, the provider's default tags, and aws-native's list.

import { CLUSTER, NATIVE_SERVICE, SERVICE, TASK_DEFINITION, TASK_SET } from "../../../policypack/rules/resource-types";
import { subject } from "../subjects";
import type { Scene } from "./scene";

export const SCENES: readonly Scene[] = [
  ...[CLUSTER, SERVICE, TASK_DEFINITION, TASK_SET].map((type) => ({
    rule: "abac-tags",
    compliant: [subject(type, { tags: { Name: "web" }, tagsAll: { Name: "web", Team: "shop" } })],
    violating: [subject(type, { tags: { Name: "web" }, tagsAll: { Name: "web", team: "shop" } })],
    on: "web",
  })),
  {
    rule: "abac-tags",
    compliant: [subject(NATIVE_SERVICE, { tags: [{ key: "Team", value: "shop" }] })],
    violating: [subject(NATIVE_SERVICE, { tags: [{ key: "Name", value: "web" }] })],
    on: "web",
  },
];
