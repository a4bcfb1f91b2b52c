// The keeper: stands in for every type whose service the simulator has no behaviour for, such as aws:iam/role:Role.
// It makes no call at all, keeps what the program says and echoes it, and makes `arn`, `name`, the id and what else programs read
// (kept-shapes.ts) of the URN, always the same for the same URN. What a real provider would check or default is not here, and
// awsx is a provider of its own, which this one does not stand for.
// Invariants: any property is taken; every change is an update in place but one of the name, which replaces.

import { createHash } from "node:crypto";
import { automaticName, logicalName } from "./automatic-name";
import type { PropertyChange } from "./diff-properties";
import { type KeptIdentity, keptShape } from "./kept-shapes";
import type { PropertyMap } from "./property-values";
import type { ResourceContext, ResourceState, ResourceType } from "./resource-type";
import { textOf } from "./state-values";
import { allTags } from "./tags";

const NOBODY: KeptIdentity = { partition: "aws", region: "", account: "", hash: "", name: "" };

/** `aws:iam/role:Role` and any other token. Schemaless: Check lets everything pass. */
export function keptResource(token: string): ResourceType {
  return {
    token,
    inputs: {},
    outputs: ["arn", "name", ...Object.keys(keptShape(token, NOBODY).outputs)],
    create: async (context, planned) => kept(token, context, planned),
    read: async (_context, resource) => (Object.keys(resource.state).length === 0 ? null : resource),
    update: async (context, { news }) => kept(token, context, news).state,
    delete: async () => undefined,
  };
}

/** Every input whose JSON differs from the old input; a name that differs makes another resource. */
export function keptChanges(oldInputs: PropertyMap, news: PropertyMap): readonly PropertyChange[] {
  const properties = [...new Set([...Object.keys(oldInputs), ...Object.keys(news)])];
  return properties.flatMap((property): PropertyChange[] => {
    const [old, now] = [oldInputs[property], news[property]];
    if (property === "__defaults" || text(old) === text(now)) return [];
    const kind = old === undefined ? "add" : now === undefined ? "delete" : "update";
    return [{ path: property, property, kind, replaces: property === "name" }];
  });
}

function kept(token: string, context: ResourceContext, planned: PropertyMap): ResourceState {
  const { urn, partition, region, account, defaultTags } = context;
  const name = textOf(planned.name) ?? standardName(urn);
  const hash = createHash("sha256").update(urn).digest("hex").slice(0, 17);
  const { id, arn, outputs } = keptShape(token, { partition, region, account, hash, name });
  const tags = "tags" in planned ? { tagsAll: allTags(planned, defaultTags) } : {};
  return { id, state: { ...outputs, ...planned, ...tags, name, arn } };
}

function standardName(urn: string): string {
  const randomSeed = new TextEncoder().encode("kept");
  return automaticName({ urn, prefix: "", autonaming: { mode: "standard" }, randomSeed }) ?? logicalName(urn);
}

function text(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => (typeof inner === "symbol" ? "(unknown)" : inner)) ?? "";
}
