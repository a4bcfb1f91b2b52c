// What is wrong with a platform version, for tasks of one operating system.

import {
  canCarryKey,
  isWindows,
  LATEST_WINDOWS_PLATFORM_VERSION,
  parsePlatformVersion,
  retirementOf,
} from "../../../domain/platform-version";
import { isProblem } from "../../../domain/problem";

export interface PinFault {
  /** With its article: `the retired`. */
  readonly which: string;
  readonly detail: string;
}

/** Null when it will do. `family` is the operating system's, null when it is not known, which is taken for Linux. */
export function pinFault(pin: unknown, family: string | null): PinFault | null {
  const text = typeof pin === "string" ? pin : null;
  if (text === null || isProblem(parsePlatformVersion(text))) {
    return { which: "an unknown", detail: "give LATEST or a number such as 1.4.0" };
  }
  if (isWindows(family) || canCarryKey(text, family).answer === "yes") return null;
  const retired = retirementOf(text);
  return retired === null
    ? { which: "an old", detail: "1.4.0 is the first that takes a key" }
    : { which: "the retired", detail: `no new tasks since ${retired.noNewTasksFrom}` };
}

/** Whether the operating system decides: 1.0.0 is Windows' current and Linux's first version. */
export function dependsOnSystem(pin: unknown): boolean {
  return pin === LATEST_WINDOWS_PLATFORM_VERSION;
}
