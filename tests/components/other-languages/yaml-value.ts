// Values of Pulumi YAML: plain ones, and `${resource.output}` as a whole.

import type { Value } from "./program-in-another-language";

/** From what a YAML parser gives. Throws at functions and at references inside of text, which nothing here could evaluate or type. */
export function yamlValue(value: unknown): Value {
  if (Array.isArray(value)) return { kind: "list", items: value.map(yamlValue) };
  if (typeof value === "object" && value !== null) return { kind: "map", entries: yamlValues(value) };
  if (typeof value !== "string") return { kind: "literal", value: value as number | boolean | null };
  const [, resource, output] = /^\$\{([\w-]+)\.(\w+)\}$/.exec(value) ?? [];
  if (resource !== undefined && output !== undefined) return { kind: "output", resource, output };
  if (value.includes("${")) throw new Error(`${value}: only \${resource.output} alone is understood here`);
  return { kind: "literal", value };
}

export function yamlValues(record: object): Readonly<Record<string, Value>> {
  const called = Object.keys(record).find((key) => /^fn::/i.test(key));
  if (called !== undefined) throw new Error(`${called}: functions are not understood here`);
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, yamlValue(value)]));
}
