// What the classes that are not applicable are called to people.

import type { ServiceClass } from "../model/service-class";

/** Each kind once, in the order of its words. */
export function kindWords(classes: readonly ServiceClass[]): string {
  return [...new Set(classes.map((one) => KIND_WORD[one] ?? one))].toSorted().join(", ");
}

const KIND_WORD: Readonly<Partial<Record<ServiceClass, string>>> = {
  windows: "Windows",
  "not-fargate": "not on Fargate",
  "batch-managed": "AWS Batch",
  excluded: "excluded by tag",
};
