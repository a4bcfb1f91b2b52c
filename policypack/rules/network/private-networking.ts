// private-networking: tasks on Fargate get no public address.
//
// Invariants
//   only an address that is asked for fails: left out, it is DISABLED wherever an API call makes the resource
//   what surely runs elsewhere than on Fargate is not judged: there a public address is refused anyway
//   all spellings of the address are looked at: the aws provider's, and both of awsvpcConfiguration, on which CloudFormation's types,
//     and so aws-native's, do not agree
// Sources: ECS API reference, AwsVpcConfiguration.assignPublicIp (documented); EventBridge, Scheduler and Pipes API references
//   (documented): only with launch type FARGATE.

import type { LaunchSite } from "../launch/launch-site";
import { launchSites } from "../launch/launch-sites";
import { placementOf, STRATEGY_PROPERTIES } from "../launch/placement";
import { type Look, lookAt, shown } from "../look";
import {
  construction,
  EVENT_TARGET,
  NATIVE_EVENT_RULE,
  NATIVE_PIPE,
  NATIVE_SCHEDULE,
  NATIVE_SERVICE,
  NATIVE_TASK_SET,
  PIPE,
  SCHEDULE,
  SERVICE,
  TASK_SET,
} from "../resource-types";
import type { Rule, Subject } from "../rule";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";

const PLACEMENT = ["launchType", ...STRATEGY_PROPERTIES, "deploymentController"];
const OWN = [...PLACEMENT, "networkConfiguration"];

/** What it reads of each type that starts tasks by plain inputs. */
const READS: Readonly<Record<string, readonly string[]>> = {
  [SERVICE]: OWN,
  [NATIVE_SERVICE]: OWN,
  [TASK_SET]: OWN,
  [NATIVE_TASK_SET]: OWN,
  [EVENT_TARGET]: ["ecsTarget"],
  [NATIVE_EVENT_RULE]: ["targets"],
  [SCHEDULE]: ["target"],
  [NATIVE_SCHEDULE]: ["target"],
  [PIPE]: ["targetParameters"],
  [NATIVE_PIPE]: ["targetParameters"],
};

export const privateNetworking: Rule = {
  id: "private-networking",
  title: "Tasks on Fargate get no public IP address.",
  levels: { baseline: "disabled", strict: "advisory" },
  severity: "medium",
  controls: [
    { framework: "AWS Security Hub", version: "current", ids: ["ECS.2"] },
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["AC-21"] },
  ],
  why:
    "A task with a public address can be reached from the internet as far as its security groups let it. In a private subnet it " +
    "needs none: NAT or VPC endpoints reach what it calls.",
  remedy:
    "Leave assignPublicIp out or set it to false; use private subnets, with a NAT gateway or with VPC endpoints for ECR, S3 and logs.",
  limits:
    "It judges services, task sets, and the targets of EventBridge rules, schedules and pipes; a service of awsx through the service " +
    "that it makes. Batch job definitions, state machines, Express services and tasks that are run by hand are not judged, nor what " +
    "the subnets route.",
  example: [
    'new aws.ecs.Service("web", {',
    '  taskDefinition: "web:1",',
    '  launchType: "FARGATE",',
    '  networkConfiguration: { subnets: ["subnet-0123456789abcdef0"], assignPublicIp: false },',
    "});",
  ],
  judges: Object.keys(READS),
  reads: READS,
  checkResource: check,
};

const ADDRESS_PATHS = [
  "networkConfiguration.assignPublicIp",
  "networkConfiguration.awsvpcConfiguration.assignPublicIp",
  "networkConfiguration.awsVpcConfiguration.assignPublicIp",
];

/** Of several targets the one with most to say. */
function check(subject: Subject): Verdict {
  const verdicts = launchSites(subject).map((site) => judge(subject, site));
  const ranked = ["fail", "unknown", "pass"].map((kind) => verdicts.find((verdict) => verdict.kind === kind));
  return ranked.find((verdict) => verdict !== undefined) ?? verdicts[0] ?? notApplicable("it starts no tasks of ECS");
}

function judge(subject: Subject, site: LaunchSite): Verdict {
  const { place, reason } = placementOf(site);
  if (place === "elsewhere" || place === "by-task-sets") return notApplicable(reason);
  const { path, look } = addressOf(subject, site);
  if (look.state === "absent") return pass("no public address is asked for: DISABLED");
  if (look.state === "known") {
    return isEnabled(look.value) ? isPublic(subject, site, path) : pass(`assignPublicIp is ${shown(look.value)}`);
  }
  return unknown(
    `Whether tasks of ${lowerCased(site.what)} get public IP addresses cannot be seen: ${look.at} is not known yet.`,
    "the update, at this rule's level, before it creates or changes the resource",
  );
}

function addressOf({ properties }: Subject, { pinPath }: LaunchSite): { readonly path: string; readonly look: Look } {
  const looks = ADDRESS_PATHS.map((below) => {
    const path = [...pinPath.slice(0, -1), below].join(".");
    return { path, look: lookAt(properties, path) };
  });
  return looks.find(({ look }) => look.state !== "absent") ?? { path: "", look: { state: "absent" } };
}

/** A boolean of the aws provider, as text in programs of other languages, or the API's own word. */
function isEnabled(value: unknown): boolean {
  return ["true", "enabled"].includes(String(value).trim().toLowerCase());
}

function isPublic(subject: Subject, site: LaunchSite, path: string): Verdict {
  const look = lookAt(subject.properties, path);
  const value = look.state === "known" ? look.value : true;
  const parents = path.split(".").slice(0, -1);
  return fail({
    reason: `Tasks of ${lowerCased(site.what)} get public IP addresses.`,
    evidence: [`${path} is ${shown(value)}`],
    change: [
      `  ${construction(subject)}`,
      ...parents.map(
        (name, depth) => `  ${"  ".repeat(depth + 1)}${isIndex(name) ? "{" : opening(name, parents[depth + 1])}`,
      ),
      `- ${"  ".repeat(parents.length + 1)}assignPublicIp: ${shown(value)},`,
      `+ ${"  ".repeat(parents.length + 1)}assignPublicIp: ${isWord(value) ? '"DISABLED"' : "false"},`,
      ...parents
        .map((_, depth) => `  ${"  ".repeat(depth + 1)}${isIndex(parents[depth + 1]) ? "]," : "},"}`)
        .toReversed(),
      "  });",
    ],
  });
}

function opening(name: string, next: string | undefined): string {
  return `${name}: ${isIndex(next) ? "[" : "{"}`;
}

function isIndex(name: string | undefined): boolean {
  return /^\d+$/.test(name ?? "");
}

function isWord(value: unknown): boolean {
  return String(value).trim().toLowerCase() === "enabled";
}

function lowerCased(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
