// Arguments that decide which resources exist or how they are protected, and so have to be known while the program runs.
// Programs in other languages, and those that are not type-checked, can hand in an output all the same.
//
// Invariant: what is no plain value of the right type is refused, never taken for "left out".

import { ArgumentError } from "./argument-error";

/** @throws ArgumentError for anything but true, false and nothing. */
export function plainBoolean(argument: string, value: boolean | undefined): boolean | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value === "boolean") return value;
  throw new ArgumentError(argument, kindOf(value), "give true or false itself, known before anything is created");
}

/** @throws ArgumentError for anything but a text and nothing. */
export function plainText(argument: string, value: string | undefined): string | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value === "string") return value;
  throw new ArgumentError(argument, kindOf(value), "give the text itself, known before anything is created");
}

/** Other languages send null for what they leave out. */
function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** An output cannot be shown: its value is not known here. */
function kindOf(value: unknown): unknown {
  return typeof value === "object" || typeof value === "function" ? "not a plain value" : value;
}
