// The keeper: stands in for every type whose service the simulator has no behaviour for, such as aws:iam/role:Role.
// It makes no call at all, keeps what the program says and echoes it, and makes `arn`, `name` and the id of the URN, always
// the same for the same URN. What a real provider would check, default or compute is not here.
// Invariants: any property is taken; every change is an update in place but one of the name, which replaces.

import { createHash } from "node:crypto";
import { automaticName, logicalName } from "./automatic-name";
import type { PropertyChange } from "./diff-properties";
import type { PropertyMap } from "./property-values";
import type { ResourceContext, ResourceType } from "./resource-type";
import { textOf } from "./state-values";

/** `aws:iam/role:Role` and any other token. Schemaless: Check lets everything pass. */
export function keptResource(token: string): ResourceType {
  return {
    token,
    inputs: {},
    outputs: ["arn", "name"],
    create: async (context, planned) => {
      const kept = keptState(token, context, planned);
      return { id: idOf(token, context, kept), state: kept };
    },
    read: async (_context, resource) => (Object.keys(resource.state).length === 0 ? null : resource),
    update: async (context, { olds, news }) => ({ ...keptState(token, context, news), arn: olds.arn ?? null }),
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

function keptState(token: string, context: ResourceContext, planned: PropertyMap): PropertyMap {
  const name = textOf(planned.name) ?? standardName(context.urn);
  return { ...planned, name, arn: arnOf(token, context, name) };
}

/** IAM's ids are names, everybody else's a hash of the URN. */
function idOf(token: string, { urn }: ResourceContext, kept: PropertyMap): string {
  if (token.startsWith("aws:iam/")) return textOf(kept.name) ?? logicalName(urn);
  return createHash("sha256").update(urn).digest("hex").slice(0, 17);
}

function standardName(urn: string): string {
  const randomSeed = new TextEncoder().encode("kept");
  return automaticName({ urn, prefix: "", autonaming: { mode: "standard" }, randomSeed }) ?? logicalName(urn);
}

function arnOf(token: string, { partition, region, account }: ResourceContext, name: string): string {
  const [, module = "", kind = ""] = /^aws:([^/]+)\/([^:]+):/.exec(token) ?? [];
  const place = module === "iam" ? "" : region;
  return `arn:${partition}:${module}:${place}:${account}:${kind}/${name}`;
}

function text(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => (typeof inner === "symbol" ? "(unknown)" : inner)) ?? "";
}
