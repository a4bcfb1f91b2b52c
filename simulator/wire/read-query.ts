// Reads the form bodies of AWS Query and EC2 Query: dotted keys with numbered list items become a value along the shape.
// Invariants
//   a key that the shape does not have stays in the value under its own name, so that the walk reports it
//   the depth and the number of keys are bounded
// Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html and aws-ec2-query-protocol.html (documented).

import type { Protocol } from "./service-model";
import type { Member, Shape, SimpleType, StructureShape } from "./shape";
import type { Leaves } from "./shape-walk";

const PARAMETERS_MAX = 5_000;
const DEPTH_MAX = 16;

interface Node {
  text?: string;
  readonly children: Map<string, Node>;
}

/** The structure that the parameters describe, its leaves still text. Throws RangeError when there are too many. */
export function readQuery(
  parameters: URLSearchParams,
  shape: StructureShape,
  protocol: Protocol,
): Record<string, unknown> {
  const root = treeOf(parameters);
  root.children.delete("Action");
  root.children.delete("Version");
  return structureOf(root, shape, protocol);
}

/** The leaves of the Query protocols: everything arrives as text. */
export const queryLeaves: Leaves = {
  simple: (type, value) => (typeof value === "string" ? leafOf(type, value) : undefined),
  timestamp: (_format, value) => {
    const date = typeof value === "string" ? new Date(value) : null;
    return date !== null && Number.isFinite(date.getTime()) ? date : undefined;
  },
};

function leafOf(type: SimpleType, text: string): unknown {
  switch (type) {
    case "number":
      return text !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "blob":
      return new Uint8Array(Buffer.from(text, "base64"));
    case "string":
    case "document":
      return text;
  }
}

function treeOf(parameters: URLSearchParams): Node {
  const root: Node = { children: new Map() };
  let count = 0;
  for (const [key, text] of parameters) {
    count += 1;
    const names = key.split(".");
    if (count > PARAMETERS_MAX || names.length > DEPTH_MAX) {
      throw new RangeError(`more than ${PARAMETERS_MAX} parameters, or one nested deeper than ${DEPTH_MAX} levels`);
    }
    names.reduce(childOf, root).text = text;
  }
  return root;
}

function childOf(node: Node, name: string): Node {
  const child = node.children.get(name) ?? { children: new Map() };
  node.children.set(name, child);
  return child;
}

function valueAt(node: Node, member: Member, protocol: Protocol): unknown {
  const shape: Shape = member.shape();
  switch (shape.kind) {
    case "structure":
      return structureOf(node, shape, protocol);
    case "list":
      return listOf(node, shape.item, member.flattened || protocol === "ec2Query", protocol);
    case "map":
      return mapOf(node, member.flattened);
    case "timestamp":
    case "simple":
      return node.text ?? {};
  }
}

function structureOf(node: Node, shape: StructureShape, protocol: Protocol): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [name, member] of shape.members) {
    const key = keyOf(name, member, protocol);
    known.add(key);
    const child = node.children.get(key);
    if (child !== undefined) value[name] = valueAt(child, member, protocol);
  }
  for (const [key, child] of node.children) if (!known.has(key)) value[key] = child.text ?? {};
  return value;
}

function keyOf(name: string, member: Member, protocol: Protocol): string {
  if (protocol !== "ec2Query") return member.xmlName ?? name;
  const key = member.ec2QueryName ?? member.xmlName ?? name;
  return key.slice(0, 1).toUpperCase() + key.slice(1);
}

function listOf(node: Node, item: Member, flat: boolean, protocol: Protocol): unknown {
  const holder = flat ? node : (node.children.get(item.xmlName ?? "member") ?? { children: new Map<string, Node>() });
  const numbered = [...holder.children].filter(([key]) => /^[0-9]+$/.test(key));
  const ordered = numbered.toSorted(([left], [right]) => Number(left) - Number(right));
  return ordered.map(([, child]) => valueAt(child, item, protocol));
}

function mapOf(node: Node, flat: boolean): Record<string, unknown> {
  const holder = flat ? node : (node.children.get("entry") ?? { children: new Map<string, Node>() });
  const entries = [...holder.children.values()].map((entry): [string, unknown] => [
    entry.children.get("key")?.text ?? "",
    entry.children.get("value")?.text ?? "",
  ]);
  return Object.fromEntries(entries);
}
