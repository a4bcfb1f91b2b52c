// aws:iam/getPolicyDocument: a policy document from statements. No call is made.

import type { PropertyMap, PropertyValue } from "../property-values";
import { mapsOf, textOf, textsOf } from "../state-values";
import type { Invoke } from "./invoke";

export const getPolicyDocument: Invoke = (args) => {
  const document = {
    Version: textOf(args.version) ?? "2012-10-17",
    ...(textOf(args.policyId) === undefined ? {} : { Id: textOf(args.policyId) }),
    Statement: mapsOf(args.statements).map(statement),
  };
  const json = JSON.stringify(document, null, 2);
  return { ...args, id: String(json.length), json, minifiedJson: JSON.stringify(document) };
};

function statement(one: PropertyMap) {
  const conditions = conditionsOf(one.conditions);
  return {
    ...(textOf(one.sid) === undefined ? {} : { Sid: textOf(one.sid) }),
    Effect: textOf(one.effect) ?? "Allow",
    ...listed("Principal", principals(one.principals)),
    ...listed("NotPrincipal", principals(one.notPrincipals)),
    ...listed("Action", oneOrMany(textsOf(one.actions))),
    ...listed("NotAction", oneOrMany(textsOf(one.notActions))),
    ...listed("Resource", oneOrMany(textsOf(one.resources))),
    ...listed("NotResource", oneOrMany(textsOf(one.notResources))),
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

function listed(name: string, value: unknown) {
  return value === undefined ? {} : { [name]: value };
}

function oneOrMany(texts: readonly string[]): string | readonly string[] | undefined {
  return texts.length > 1 ? texts : texts[0];
}

function principals(value: PropertyValue | undefined): unknown {
  const kinds: Record<string, string[]> = {};
  for (const { type, identifiers } of mapsOf(value)) {
    const kind = textOf(type) ?? "";
    kinds[kind] = [...(kinds[kind] ?? []), ...textsOf(identifiers)];
  }
  if (kinds["*"]?.includes("*")) return "*";
  const entries = Object.entries(kinds).map(([kind, identifiers]) => [kind, oneOrMany(identifiers)]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function conditionsOf(value: PropertyValue | undefined): Record<string, Record<string, unknown>> {
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of mapsOf(value)) {
    const operator = textOf(test) ?? "";
    conditions[operator] = { ...conditions[operator], [textOf(variable) ?? ""]: oneOrMany(textsOf(values)) };
  }
  return conditions;
}
