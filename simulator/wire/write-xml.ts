// Writes a value as the XML of AWS Query and EC2 Query replies, along its shape.
// Invariants
//   the value has been walked with `xmlLeaves`, so every leaf is text already
//   text is escaped, and what XML 1.0 cannot hold is left out
// Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html (documented).

import { isValidDate, sameIfOfType } from "./json-leaves";
import type { Member, Shape, StructureShape } from "./shape";
import type { Leaves } from "./shape-walk";

/** The members of a structure as elements, one after the other. */
export function writeXmlMembers(shape: StructureShape, value: Readonly<Record<string, unknown>>): string {
  return [...shape.members]
    .filter(([name]) => value[name] !== undefined)
    .map(([name, member]) => writeMember(member.xmlName ?? name, member, value[name]))
    .join("");
}

/** An element around content that is XML already. */
export function element(name: string, content: string, namespace?: string): string {
  return `<${name}${namespace === undefined ? "" : ` xmlns="${namespace}"`}>${content}</${name}>`;
}

/** Text as XML holds it: the five reserved characters escaped, control characters left out. */
export function escapeXml(text: string): string {
  return [...text].filter(isXmlCharacter).map(escapeCharacter).join("");
}

/** The leaves of XML: everything becomes text, timestamps are ISO 8601. */
export const xmlLeaves: Leaves = {
  simple: (type, value) => {
    if (type === "blob") return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : undefined;
    const same = sameIfOfType(type, value);
    return same === undefined ? undefined : String(same);
  },
  timestamp: (_format, value) => (isValidDate(value) ? value.toISOString() : undefined),
};

function writeMember(name: string, member: Member, value: unknown): string {
  const shape = member.shape();
  if (shape.kind !== "list" || !Array.isArray(value)) return element(name, writeContent(shape, value));
  const items = (itemName: string) => value.map((inner) => element(itemName, writeContent(shape.item.shape(), inner)));
  return member.flattened ? items(name).join("") : element(name, items(shape.item.xmlName ?? "member").join(""));
}

function writeContent(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case "structure":
      return writeXmlMembers(shape, value as Readonly<Record<string, unknown>>);
    case "map":
      return Object.entries(value as Readonly<Record<string, unknown>>)
        .map(([key, inner]) => {
          const content = element("value", writeContent(shape.value.shape(), inner));
          return element("entry", element("key", escapeXml(key)) + content);
        })
        .join("");
    case "list":
      return (value as readonly unknown[])
        .map((inner) => element(shape.item.xmlName ?? "member", writeContent(shape.item.shape(), inner)))
        .join("");
    case "timestamp":
    case "simple":
      return escapeXml(String(value));
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function escapeCharacter(character: string): string {
  return ESCAPES[character] ?? character;
}

function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20
    ? code !== 0xfffe && code !== 0xffff && (code < 0xd800 || code > 0xdfff)
    : /[\t\n\r]/.test(character);
}
