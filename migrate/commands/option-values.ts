// Reads numbers and times out of the text that a person typed.
// Invariant: a wrong value is a usage error that names the option, the value and what it may be.

import { FargateCmkError } from "../errors";

export interface NumberLimits {
  readonly option: string;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** @throws FargateCmkError `usage` */
export function numberOf(text: string, { option, min, max, whole = true }: NumberLimits): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw wrongValue(option, text, `give a ${whole ? "whole " : ""}number from ${min} to ${max}`);
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const DURATION_MAX_MS = 7 * 24 * 3_600_000;

/** `90s`, `10m`, `2h`, or `0`, in milliseconds. @throws FargateCmkError `usage` */
export function durationMsOf(text: string, option: string): number {
  const [, amount = "", unit = ""] = /^(\d+)([smh])$/.exec(text === "0" ? "0s" : text) ?? [];
  const ms = Number(amount) * (UNIT_MS[unit] ?? Number.NaN);
  if (ms <= DURATION_MAX_MS) return ms;
  throw wrongValue(option, text, "give a time such as 90s, 10m or 2h, at most seven days");
}

export function wrongValue(option: string, value: string, remedy: string): FargateCmkError {
  return usage(`${option} is ${JSON.stringify(value)}`, remedy);
}

export function usage(message: string, remedy: string): FargateCmkError {
  return new FargateCmkError("usage", { message, remedy });
}
