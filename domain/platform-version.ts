// Fargate platform versions: what they mean, which are retired, which can carry a customer managed key.
// Sources: Amazon ECS developer guide, platform-fargate and platform-versions-retired (documented).
//
// Invariants
//   Linux and Windows number their versions apart: Windows 1.0.0 is new, Linux 1.0.0 is long retired
//   an absent version means LATEST (API reference, CreateService.platformVersion)

import { type Problem, problem } from "./problem";

export interface NumberedPlatformVersion {
  readonly kind: "numbered";
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

export type PlatformVersion = NumberedPlatformVersion | { readonly kind: "latest" };

export const LATEST_LINUX_PLATFORM_VERSION = "1.4.0";
export const LATEST_WINDOWS_PLATFORM_VERSION = "1.0.0";

/** What `platformVersion` says: absent (null), `LATEST`, or `major.minor.patch`. */
export function parsePlatformVersion(text: string | null): PlatformVersion | Problem {
  if (text === null || text === "LATEST") return { kind: "latest" };
  const match = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(text);
  if (match === null) return problem("not a Fargate platform version", text, "use LATEST or a number such as 1.4.0");
  return { kind: "numbered", major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

/** Negative when `a` is older than `b`, zero when equal; LATEST is newer than every number of the same system. */
export function comparePlatformVersions(a: PlatformVersion, b: PlatformVersion): number {
  if (a.kind === "latest" || b.kind === "latest") {
    return (a.kind === "latest" ? 1 : 0) - (b.kind === "latest" ? 1 : 0);
  }
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

export interface KeyCapability {
  readonly answer: "yes" | "no" | "unknown";
  readonly reason: string;
}

/**
 * Whether a task of this platform version and family can have its ephemeral storage under a customer managed key:
 * Linux, 1.4.0 or newer (developer guide, fargate-create-storage-key, documented).
 * An absent family is taken as Linux, the default of `runtimePlatform`; give the task definition's family when it is known.
 */
export function canCarryKey(platformVersion: string | null, family: string | null): KeyCapability {
  if (isWindows(family))
    return { answer: "no", reason: `${family}: Fargate for Windows takes no customer managed key` };
  const version = parsePlatformVersion(platformVersion);
  switch (version.kind) {
    case "problem":
      return { answer: "unknown", reason: `platform version ${version.value} was not understood` };
    case "latest":
      return { answer: "yes", reason: `LATEST on Linux is ${LATEST_LINUX_PLATFORM_VERSION}` };
    case "numbered":
      return comparePlatformVersions(version, FIRST_WITH_KEY) >= 0
        ? { answer: "yes", reason: `platform version ${platformVersion} takes a customer managed key` }
        : { answer: "no", reason: `platform version ${platformVersion} is older than 1.4.0` };
  }
}

export interface Retirement {
  /** From this day (ISO 8601 date) no new task starts on the version. */
  readonly noNewTasksFrom: string;
}

/** When Linux took no new tasks on this version any more; null for versions that still launch, and for LATEST. */
export function retirementOf(platformVersion: string | null): Retirement | null {
  if (platformVersion === null) return null;
  return RETIRED_LINUX.get(platformVersion) ?? null;
}

/** Whether a launch with this version would be refused: Linux only, since Windows 1.0.0 is current. */
export function isRetired(platformVersion: string | null, family: string | null): boolean {
  return !isWindows(family) && retirementOf(platformVersion) !== null;
}

/** True for platform families (`Windows_Server_2022_Core`) and for operating system families (`WINDOWS_SERVER_2022_CORE`). */
export function isWindows(family: string | null): boolean {
  return family !== null && /^windows/i.test(family);
}

const FIRST_WITH_KEY: NumberedPlatformVersion = { kind: "numbered", major: 1, minor: 4, patch: 0 };

const RETIRED_LINUX: ReadonlyMap<string, Retirement> = new Map([
  ["1.0.0", { noNewTasksFrom: "2020-12-14" }],
  ["1.1.0", { noNewTasksFrom: "2020-12-14" }],
  ["1.2.0", { noNewTasksFrom: "2020-12-14" }],
  ["1.3.0", { noNewTasksFrom: "2026-03-16" }],
]);
