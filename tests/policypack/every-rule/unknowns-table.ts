// What every rule says when one value of a stack is not known before the update: each property of each scene in turn, in the stack as
// it should be and in the one with something wrong.

import { REGISTRY } from "../../../policypack/registry";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import type { Rule, StackSubject } from "../../../policypack/rules/rule";
import type { Scene } from "../scenes/scene";
import { type Said, said, scenesOf } from "./scenes-of";

export interface UnknownCase {
  readonly rule: Rule;
  readonly scene: "compliant" | "violating";
  /** `aws:ecs/cluster:Cluster configuration.managedStorageConfiguration`. */
  readonly place: string;
  readonly said: readonly Said[];
}

export function unknownCases(): readonly UnknownCase[] {
  return REGISTRY.rules.flatMap((rule) =>
    scenesOf(rule.id).flatMap((scene) =>
      (["compliant", "violating"] as const).flatMap((kind) => casesOf(rule, scene, kind)),
    ),
  );
}

/** One line a case: the rule, which stack, what is unknown, and what is said of it. What a part says as the whole does is left out. */
export function unknownsTable(): string {
  const lines = new Map<string, string>();
  for (const { rule, scene, place, said } of unknownCases()) {
    const key = (where: string) => `${rule.id} | ${scene} | ${where}`;
    const told = said.map(shortly).join(" + ") || "nothing";
    if (!wholesOf(place).some((whole) => lines.get(key(whole)) === told)) lines.set(key(place), told);
  }
  return `${[...lines].map(([key, told]) => `${key} | ${told}`).join("\n")}\n`;
}

/** `Type a.b.c` is a part of `Type a` and `Type a.b`. */
function wholesOf(place: string): readonly string[] {
  const parts = place.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

function shortly({ verdict, isAdvisory, message }: Said): string {
  const level = isAdvisory ? "advisory" : "at the rule's level";
  return `${verdict.kind}, ${level}: ${message.split("\n")[0]}`;
}

function casesOf(rule: Rule, scene: Scene, kind: UnknownCase["scene"]): readonly UnknownCase[] {
  const resources = scene[kind];
  return resources.flatMap((resource, index) =>
    pathsIn(resource.properties, rule.reads[resource.type] ?? []).map((path) => {
      const doubted = { ...resource, properties: without(resource.properties, path) as Properties };
      const stack: readonly StackSubject[] = resources.with(index, doubted);
      const place = `${resource.type} ${path.join(".")}`;
      return { rule, scene: kind, place, said: said(rule, stack) };
    }),
  );
}

/** Every property at every depth, lists' entries included. */
function pathsIn(properties: Properties, names: readonly string[]): readonly (readonly string[])[] {
  const below = (value: unknown): readonly (readonly string[])[] => {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, inside]) => [[name], ...below(inside).map((rest) => [name, ...rest])]);
  };
  return Object.entries(properties)
    .filter(([name]) => names.includes(name))
    .flatMap(([name, value]) => [[name], ...below(value).map((rest) => [name, ...rest])]);
}

function without(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return UNKNOWN;
  if (Array.isArray(value)) return value.map((one, index) => (String(index) === name ? without(one, rest) : one));
  const object = value as Properties;
  return { ...object, [name]: without(object[name], rest) };
}
