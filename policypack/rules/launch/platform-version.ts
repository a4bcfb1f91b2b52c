// platform-version: what launches on Fargate for Linux is not pinned to a platform version older than 1.4.0.
//
// Invariants
//   no pin, an empty pin and LATEST pass; versions compare by their numbers, so 1.10.0 is newer than 1.4.0
//   a pin without launch type and strategy is judged: the cluster's default strategy may place it on Fargate, and ECS refuses every
//   platform version on EC2 ("The platform version must be null when specifying an EC2 launch type", reported), so an old one fails anyway
//   1.0.0 is Windows' current and Linux's first version: the task definition decides, which only the stack shows
// Sources: Amazon ECS developer guide, platform-fargate, platform-versions-retired and fargate-create-storage-key (documented).

import {
  canCarryKey,
  isWindows,
  LATEST_LINUX_PLATFORM_VERSION,
  LATEST_WINDOWS_PLATFORM_VERSION,
  parsePlatformVersion,
  retirementOf,
} from "../../../domain/platform-version";
import { isProblem } from "../../../domain/problem";
import { type Look, lookAt, shown } from "../look";
import {
  construction,
  NATIVE_SERVICE,
  NATIVE_TASK_DEFINITION,
  NATIVE_TASK_SET,
  SERVICE,
  TASK_DEFINITION,
  TASK_SET,
} from "../resource-types";
import type { Finding, Rule, StackSubject, Subject } from "../rule";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";
import { placementOf, STRATEGY_PROPERTIES } from "./placement";

const LAUNCH_PROPERTIES = ["launchType", ...STRATEGY_PROPERTIES, "platformVersion"];
const TASK_SETS: readonly string[] = [TASK_SET, NATIVE_TASK_SET];
const LAUNCHES: readonly string[] = [SERVICE, NATIVE_SERVICE, ...TASK_SETS];
const DEFINITIONS: readonly string[] = [TASK_DEFINITION, NATIVE_TASK_DEFINITION];

export const platformVersion: Rule = {
  id: "platform-version",
  title: "Tasks on Fargate for Linux run on platform version 1.4.0 or newer.",
  levels: { baseline: "mandatory", strict: "mandatory" },
  severity: "medium",
  controls: [
    { framework: "AWS Security Hub", version: "current", ids: ["ECS.10"] },
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SI-2"] },
    { framework: "PCI DSS", version: "4.0.1", ids: ["6.3.3"] },
  ],
  why: "Only 1.4.0 and newer encrypt ephemeral storage with a customer managed key, and older ones start no new tasks.",
  remedy: "Remove platformVersion, or set it to LATEST or 1.4.0.",
  limits:
    "Capacity provider strategies count, and so does a launch that leaves its place to the cluster's default strategy. " +
    "1.0.0 is judged at the end of the preview, with the task definition's operating system. A pin that was removed from " +
    "the program but lives on in the service is seen there too.",
  example: [
    'new aws.ecs.Service("web", { taskDefinition: "web:1", launchType: "FARGATE", platformVersion: "LATEST" });',
  ],
  judges: LAUNCHES,
  reads: Object.fromEntries([
    ...LAUNCHES.map((type) => [type, LAUNCH_PROPERTIES]),
    ...DEFINITIONS.map((type) => [type, ["runtimePlatform"]]),
  ]),
  checkResource,
  checkStack,
};

function checkResource(subject: Subject): Verdict {
  const { place, reason } = placementOf(subject.properties);
  if (place === "elsewhere") return notApplicable(reason);
  const pin = lookAt(subject.properties, "platformVersion");
  if (pin.state === "absent") return pass("no pin: LATEST");
  if (pin.state === "unknown") {
    return unknown(
      `The platform version of ${kindOf(subject).toLowerCase()} "${subject.name}" is not known yet.`,
      "the update, at this rule's level, before it creates or changes the resource",
    );
  }
  if (pin.value === LATEST_WINDOWS_PLATFORM_VERSION) {
    return notApplicable("1.0.0 is judged with the task definition's operating system, at the end of the preview");
  }
  const verdict = judge(subject, pin.value, null);
  if (verdict.kind === "fail" && place === "unclear") {
    return unknown(
      `Whether ${kindOf(subject).toLowerCase()} "${subject.name}", pinned to ${shown(pin.value)}, runs on Fargate is open: ${reason}.`,
      "the update, at this rule's level, before it creates or changes the resource",
    );
  }
  return verdict;
}

/** By outputs: a pin that lives on, and 1.0.0 with the operating system. What is not known yet was said of the inputs. */
function checkStack(resources: readonly StackSubject[]): readonly Finding[] {
  const launches = resources.filter(({ type }) => LAUNCHES.includes(type));
  return launches.map((subject) => ({ subject, verdict: checkOutputs(subject, resources) }));
}

function checkOutputs(subject: StackSubject, resources: readonly StackSubject[]): Verdict {
  const { place, reason } = placementOf(subject.properties);
  const pin = lookAt(subject.properties, "platformVersion");
  if (place === "elsewhere" || place === "unclear") return notApplicable(reason);
  if (pin.state !== "known") return notApplicable("no platform version is known");
  const family = familyOf(subject, resources);
  if (family.state === "known") return judge(subject, pin.value, String(family.value));
  if (pin.value !== LATEST_WINDOWS_PLATFORM_VERSION) return judge(subject, pin.value, null);
  const unseen =
    family.state === "unknown" ? "operating system is not known yet" : "task definition is not part of this stack";
  return {
    ...unknown(
      `${kindOf(subject)} "${subject.name}" pins 1.0.0: current on Windows, retired on Linux. Its ${unseen}.`,
      "you, in the task definition",
    ),
    command: "aws ecs describe-task-definition --task-definition FAMILY --query taskDefinition.runtimePlatform",
  };
}

/** LINUX where the one task definition names none: the default of runtimePlatform (documented). Absent when there is not exactly one. */
function familyOf(subject: StackSubject, resources: readonly StackSubject[]): Look {
  const sources = new Set(subject.madeFrom.taskDefinition ?? []);
  const [definition, ...others] = resources.filter(({ type, urn }) => DEFINITIONS.includes(type) && sources.has(urn));
  if (definition === undefined || others.length > 0) return { state: "absent" };
  const family = lookAt(definition.properties, "runtimePlatform.operatingSystemFamily");
  return family.state === "absent" ? { state: "known", value: "LINUX" } : family;
}

function judge(subject: Subject, pin: unknown, family: string | null): Verdict {
  const text = typeof pin === "string" ? pin : null;
  if (text === null || isProblem(parsePlatformVersion(text)))
    return wrong(subject, pin, { which: "an unknown", detail: "give LATEST or a number such as 1.4.0" });
  if (isWindows(family)) return pass("Windows numbers its platform versions apart");
  if (canCarryKey(text, family).answer === "yes") return pass(`platform version ${text}`);
  const retired = retirementOf(text);
  return retired === null
    ? wrong(subject, pin, { which: "an old", detail: "1.4.0 is the first that takes a key" })
    : wrong(subject, pin, { which: "the retired", detail: `no new tasks since ${retired.noNewTasksFrom}` });
}

interface Fault {
  /** With its article: `the retired`. */
  readonly which: string;
  readonly detail: string;
}

function wrong(subject: Subject, pin: unknown, { which, detail }: Fault): Verdict {
  return fail({
    reason: `${kindOf(subject)} "${subject.name}" is pinned to ${which} platform version ${shown(pin)}: ${detail}.`,
    evidence: [placementOf(subject.properties).reason],
    change: [
      `  ${construction(subject)}`,
      `-   platformVersion: ${shown(pin)},`,
      `+   platformVersion: "${LATEST_LINUX_PLATFORM_VERSION}",   // or "LATEST"`,
      "  });",
    ],
  });
}

function kindOf({ type }: Subject): string {
  return TASK_SETS.includes(type) ? "Task set" : "Service";
}
