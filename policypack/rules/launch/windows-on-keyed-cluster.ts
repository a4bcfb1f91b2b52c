// windows-on-keyed-cluster: Windows tasks do not run on a cluster whose key they cannot use.
//
// Invariants
//   only what the stack shows whole is judged: a launch on Fargate, its one task definition, its cluster with a key
//   a task definition that runs on Fargate only places a launch that leaves its place to the cluster
// Source: Amazon ECS developer guide, fargate-create-storage-key (documented): the key is not for Windows. What Fargate does with a
//   Windows task in a keyed cluster, AWS does not say.

import { isWindows } from "../../../domain/platform-version";
import { lookAt, shown } from "../look";
import { construction } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { CLUSTER_TYPES, keyedness } from "../stack/keys-of-cluster";
import { fail, notApplicable, pass, type Verdict } from "../verdict";
import { CAPACITY_READS } from "./cluster-capacity";
import { standardOf, worstOf } from "./judge-site";
import type { LaunchSite } from "./launch-site";
import { launchReads } from "./launch-sites";
import { mergedReads } from "./merged-reads";
import { placementOf } from "./placement";
import {
  clusterOfSite,
  DEFINITION_READS,
  DEFINITION_TYPES,
  definitionOf,
  type SiteInStack,
  sitesInStack,
  systemOf,
} from "./sites-in-stack";

export const windowsOnKeyedCluster: Rule = {
  id: "windows-on-keyed-cluster",
  title: "Windows tasks on Fargate do not run on a cluster that has a customer managed key.",
  levels: { baseline: "advisory", strict: "advisory" },
  severity: "medium",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-28(1)"] }],
  why:
    "Fargate for Windows takes no customer managed key. The cluster looks encrypted with yours, and the disks of these " +
    "tasks are not.",
  remedy:
    "Give Windows tasks a cluster of their own without a key, and accept that with a waiver of cluster-fargate-key that names " +
    "who decided it and until when.",
  limits:
    "It runs at the end of a preview or update and needs the cluster, the launch and its one task definition in the same stack. " +
    "Whether Fargate refuses a Windows task on such a cluster or runs it with AWS's key is not documented.",
  example: [
    'const web = new aws.ecs.TaskDefinition("web", {',
    '  family: "web",',
    '  requiresCompatibilities: ["FARGATE"],',
    '  cpu: "1024",',
    '  memory: "2048",',
    '  networkMode: "awsvpc",',
    '  runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE", cpuArchitecture: "X86_64" },',
    '  containerDefinitions: JSON.stringify([{ name: "web", image: "mcr.microsoft.com/windows/servercore:ltsc2022" }]),',
    "});",
    "// a cluster for Windows, without a key",
    'const windows = new aws.ecs.Cluster("windows");',
    'new aws.ecs.Service("web", { cluster: windows.arn, taskDefinition: web.arn, launchType: "FARGATE" });',
  ],
  judges: Object.keys(launchReads()),
  reads: mergedReads(
    launchReads(),
    CAPACITY_READS,
    DEFINITION_READS,
    Object.fromEntries(CLUSTER_TYPES.map((type) => [type, ["configuration"]])),
    Object.fromEntries(DEFINITION_TYPES.map((type) => [type, ["requiresCompatibilities"]])),
  ),
  checkStack,
};

function checkStack(resources: readonly StackSubject[]): readonly Finding[] {
  const sites = sitesInStack(resources);
  const launching = [...new Set(sites.map(({ subject }) => subject))];
  return launching.map((subject) => ({
    subject,
    verdict: worstOf(sites.filter((one) => one.subject === subject).map((one) => judge(one, resources))),
  }));
}

function judge(one: SiteInStack, resources: readonly StackSubject[]): Verdict {
  const named = clusterOfSite(one, resources);
  if (named.found !== "in-stack") return notApplicable("its cluster is not part of this stack");
  if (keyedness(named.cluster) !== "present") return notApplicable("its cluster has no key");
  const definition = definitionOf(one, resources);
  if (definition === null) return notApplicable("its task definition is not part of this stack");
  if (!isOnFargate(one, definition, resources)) return notApplicable("nothing shows that it launches on Fargate");
  const system = systemOf(definition);
  if (system.state !== "known") return notApplicable("the operating system is not known yet");
  if (!isWindows(String(system.value))) return pass(`the operating system is ${shown(system.value)}`);
  return violation(one, named.cluster, definition);
}

function isOnFargate(one: SiteInStack, definition: StackSubject, resources: readonly StackSubject[]): boolean {
  const { place } = placementOf(one.site);
  if (place !== "by-cluster") return place === "fargate";
  const standard = standardOf(one, resources).place;
  return standard === "fargate" || (standard !== "elsewhere" && runsOnFargateOnly(definition));
}

function runsOnFargateOnly({ properties }: StackSubject): boolean {
  const look = lookAt(properties, "requiresCompatibilities");
  return look.state === "known" && Array.isArray(look.value) && look.value.join() === "FARGATE";
}

function violation({ subject, site }: SiteInStack, cluster: StackSubject, definition: StackSubject): Verdict {
  const system = systemOf(definition);
  return fail({
    reason: `${site.what} runs Windows tasks on cluster "${cluster.name}", whose key they cannot use.`,
    evidence: [
      `operatingSystemFamily of task definition "${definition.name}" is ${system.state === "known" ? shown(system.value) : "unknown"}`,
      placementOf(site).reason,
    ],
    change: [
      construction(subject),
      "  // a cluster for Windows, without a key. cluster-fargate-key will",
      "  // name it: waive that there, with an owner and an end",
      changeOfCluster(site),
      "});",
    ],
  });
}

/** The cluster stands beside the ECS part of a schedule's target, and of a rule's; in a text of JSON anywhere. */
function changeOfCluster({ namedIn, pinPath, json }: LaunchSite): string {
  const property = namedIn.cluster ?? "cluster";
  if (json !== null) return `  // in ${property}: windows.arn in place of the cluster's ARN`;
  if (pinPath[0] !== property) return `  ${property}: windows.arn,`;
  return typeof pinPath[1] === "number"
    ? `  ${property}: [{ arn: windows.arn }],`
    : `  ${property}: { arn: windows.arn },`;
}
