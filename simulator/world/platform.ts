// Which platform version a task really gets, and which can no longer start.
// Sources: "Fargate platform versions" and "Platform version retirement", ECS developer guide (documented).

import {
  isRetired,
  LATEST_LINUX_PLATFORM_VERSION,
  LATEST_WINDOWS_PLATFORM_VERSION,
} from "../../domain/platform-version";
import { AwsError } from "./aws-error";
import { isWindows, type TaskDefinition } from "./task-definition";

export interface Platform {
  readonly version: string;
  readonly family: string;
}

/** The platform of a new task; null when the version is retired or unknown, so that no task can start on it. */
export function platformFor(asked: string | null, definition: TaskDefinition | undefined): Platform | null {
  const windows = isWindows(definition);
  const family = windows ? windowsFamily(definition) : "Linux";
  const latest = windows ? LATEST_WINDOWS_PLATFORM_VERSION : LATEST_LINUX_PLATFORM_VERSION;
  if (asked === null || asked === "LATEST") return { version: latest, family };
  if (asked !== latest || isRetired(asked, family)) return null;
  return { version: asked, family };
}

export function requirePlatform(asked: string | null, definition: TaskDefinition | undefined): void {
  if (platformFor(asked, definition) !== null) return;
  throw new AwsError(
    "PlatformUnknownException",
    `The specified platform does not exist: platform version ${asked} is retired or unknown.`,
  );
}

function windowsFamily(definition: TaskDefinition | undefined): string {
  const family = definition?.definition.runtimePlatform?.operatingSystemFamily ?? "WINDOWS_SERVER_2022_CORE";
  return family
    .split("_")
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join("_");
}
