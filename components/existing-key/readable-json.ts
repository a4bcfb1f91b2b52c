// JSON for people: a list or an object stands in one line where it fits, else each of its members has a line of its own.
// Invariant: it parses to what JSON.stringify would give.

export function readableJson(value: unknown): string {
  return lines(value, { before: "", indent: "" });
}

const COLUMNS_MAX = 100;

interface Place {
  /** What stands before the value in its line: the indent, and a member's name. */
  readonly before: string;
  readonly indent: string;
}

function lines(value: unknown, { before, indent }: Place): string {
  const flat = `${before}${oneLine(value)}`;
  // A comma may follow.
  if (flat.length < COLUMNS_MAX || typeof value !== "object" || value === null) return flat;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const deeper = `${indent}  `;
  const members = membersOf(value).map(([name, member]) =>
    lines(member, { before: `${deeper}${name}`, indent: deeper }),
  );
  return `${before}${open}\n${members.join(",\n")}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = membersOf(value).map(([name, member]) => `${name}${oneLine(member)}`);
  if (Array.isArray(value)) return `[${members.join(", ")}]`;
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** Each with its name and colon; items of a list have none. */
function membersOf(value: object): readonly (readonly [name: string, member: unknown])[] {
  if (Array.isArray(value)) return value.map((item) => ["", item]);
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [`${JSON.stringify(name)}: `, member]);
}
