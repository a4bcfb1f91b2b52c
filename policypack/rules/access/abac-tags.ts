// abac-tags: resources of ECS carry the tags by which access to them is decided.
//
// Invariants
//   keys are compared with their case, as IAM compares them; a blank value decides nothing, and counts as absent
//   the provider's default tags count: its Check adds the merged map to the inputs as `tagsAll`, unknown as a whole where one value is
//   a value that is not known yet is a tag; a whole map that is not known hides keys
// Sources: Amazon ECS developer guide and IAM user guide, access by tags (documented); pulumi-aws, applyTags in provider/tags.go (seen).

import { lookAt, type Properties, presenceOf, shown, UNKNOWN } from "../look";
import {
  CLUSTER,
  construction,
  NATIVE_CLUSTER,
  NATIVE_SERVICE,
  NATIVE_TASK_DEFINITION,
  NATIVE_TASK_SET,
  SERVICE,
  TASK_DEFINITION,
  TASK_SET,
} from "../resource-types";
import type { Circumstances, Rule, Subject } from "../rule";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";

const AWS_TYPES: readonly string[] = [CLUSTER, SERVICE, TASK_DEFINITION, TASK_SET];
const NATIVE_TYPES: readonly string[] = [NATIVE_CLUSTER, NATIVE_SERVICE, NATIVE_TASK_DEFINITION, NATIVE_TASK_SET];

export const abacTags: Rule = {
  id: "abac-tags",
  title: "Resources of ECS carry the tags by which access is decided.",
  levels: { baseline: "disabled", strict: "advisory" },
  severity: "low",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["AC-3"] }],
  why:
    "Policies that compare aws:ResourceTag with the caller's own tags shut out nobody from a resource that lacks the tag, or shut out " +
    "everybody: it depends on how they are written.",
  remedy: "Give the resource the tags, or set them for all resources as defaultTags of the provider.",
  limits:
    "It judges clusters, services, task definitions and task sets, by their own tags and the provider's default tags. Tags that " +
    "aws.ecs.Tag adds, and those that tasks inherit, are not seen; whether a policy asks for the tags is not judged.",
  parameters: {
    tags: {
      description: "The tag keys that each resource must carry, with their case.",
      standard: ["Team"],
      accepts: { kind: "texts", pattern: /^(?!aws:)[\p{L}\p{N} _.:/=+\-@]{1,128}$/u, example: "Team" },
    },
  },
  example: ['new aws.ecs.Cluster("web", { tags: { Team: "shop" } });'],
  judges: [...AWS_TYPES, ...NATIVE_TYPES],
  reads: Object.fromEntries([
    ...AWS_TYPES.map((type) => [type, ["tags", "tagsAll"]]),
    ...NATIVE_TYPES.map((type) => [type, ["tags"]]),
  ]),
  checkResource: check,
};

function check(subject: Subject, circumstances: Circumstances): Verdict {
  const wanted = circumstances.texts("tags");
  if (wanted.length === 0) return notApplicable("the configuration asks for no tag");
  const tags = ["tags", "tagsAll"].map((name) => tagsAt(subject.properties, name));
  const carried = new Set(tags.flatMap(({ keys }) => keys));
  const missing = wanted.filter((key) => !carried.has(key));
  if (missing.length === 0) return pass(`it carries ${wanted.join(", ")}`);
  const hidden = tags.find(({ hiddenAt }) => hiddenAt !== null);
  if (hidden === undefined) return lacking(subject, missing, [...carried]);
  return unknown(
    `Whether "${subject.name}" carries ${listed(missing)} cannot be seen: ${hidden.hiddenAt} is not known yet.`,
    "the update, at this rule's level, before it creates or changes the resource",
  );
}

interface Tags {
  /** Of tags that have a value, or will have one. */
  readonly keys: readonly string[];
  /** The property of which a key is not known yet. */
  readonly hiddenAt: string | null;
}

/** A map, or the list of `{ key, value }` that aws-native holds. */
function tagsAt(properties: Properties, name: string): Tags {
  const tags = lookAt(properties, name);
  if (tags.state === "unknown") return { keys: [], hiddenAt: name };
  if (tags.state === "absent" || typeof tags.value !== "object" || tags.value === null) return NO_TAGS;
  if (!Array.isArray(tags.value)) return { keys: Object.entries(tags.value).flatMap(keyOf), hiddenAt: null };
  const items: readonly unknown[] = tags.value;
  const pairs = items.map((item) => (item === UNKNOWN ? { key: UNKNOWN } : Object(item)) as Properties);
  return {
    keys: pairs.flatMap(({ key, value }) => (typeof key === "string" ? keyOf([key, value]) : [])),
    hiddenAt: pairs.some(({ key }) => key === UNKNOWN) ? name : null,
  };
}

const NO_TAGS: Tags = { keys: [], hiddenAt: null };

function keyOf([key, value]: readonly [string, unknown]): readonly string[] {
  return !key.startsWith("__") && presenceOf({ value }, "value") === "present" ? [key] : [];
}

function lacking(subject: Subject, missing: readonly string[], carried: readonly string[]): Verdict {
  const isNative = NATIVE_TYPES.includes(subject.type);
  return fail({
    reason: `"${subject.name}" lacks ${listed(missing)}.`,
    evidence: [carried.length === 0 ? "it carries no tags" : `it carries ${carried.map(shown).join(", ")}`],
    change: [
      construction(subject),
      `  tags: ${isNative ? "[" : "{"}`,
      ...(carried.length === 0 ? [] : ["    // keep what stands here"]),
      ...missing.map((key) => (isNative ? `    { key: ${shown(key)}, value: "…" },` : `    ${shown(key)}: "…",`)),
      `  ${isNative ? "]" : "}"},`,
      "});",
    ],
  });
}

function listed(keys: readonly string[]): string {
  return `${keys.length === 1 ? "the tag" : "the tags"} ${keys.map(shown).join(", ")}`;
}
