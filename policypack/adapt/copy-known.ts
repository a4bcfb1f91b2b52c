// Copies the properties that a rule may see out of what the policy host hands over, whose unknown values throw when they are read.
//
// Invariants
//   what is copied is plain: objects, lists, texts, numbers, booleans, null, and UNKNOWN where a read threw
//   `[secret]` is UNKNOWN too: what `pulumi policy analyze` puts for a secret of an exported state
//   depth and length are bounded; what lies beyond a bound is UNKNOWN, never absent

import { type Properties, UNKNOWN } from "../rules/look";

/** `meansUnknown` says of a thrown error whether it stands for an unknown value; any other error is thrown on. */
export function copyKnown(source: Properties, names: readonly string[], meansUnknown: MeansUnknown): Properties {
  const present = names.filter((name) => name in source);
  return Object.fromEntries(
    present.map((name) => [name, copyOf(() => source[name], { depth: DEPTH_MAX, meansUnknown })]),
  );
}

export type MeansUnknown = (error: unknown) => boolean;

const REDACTED = "[secret]";
const DEPTH_MAX = 12;
const ENTRIES_MAX = 1000;

interface Bounds {
  readonly depth: number;
  readonly meansUnknown: MeansUnknown;
}

/** `read` is called once: reading is what throws. */
function copyOf(read: () => unknown, { depth, meansUnknown }: Bounds): unknown {
  const value = readOrUnknown(read, meansUnknown);
  if (value === REDACTED) return UNKNOWN;
  if (value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)) return value;
  if (depth === 0 || typeof value !== "object") return UNKNOWN;
  const names = Object.keys(value);
  if (names.length > ENTRIES_MAX) return UNKNOWN;
  const inside = value as Properties;
  const copies = names.map((name) => [name, copyOf(() => inside[name], { depth: depth - 1, meansUnknown })] as const);
  return Array.isArray(value) ? copies.map(([, copy]) => copy) : Object.fromEntries(copies);
}

function readOrUnknown(read: () => unknown, meansUnknown: MeansUnknown): unknown {
  try {
    return read();
  } catch (error) {
    if (meansUnknown(error)) return UNKNOWN;
    throw error;
  }
}
