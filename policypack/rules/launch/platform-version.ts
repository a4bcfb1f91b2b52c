// platform-version: what launches on Fargate for Linux is not pinned to a platform version older than 1.4.0.
//
// Invariants
//   no pin, an empty pin and LATEST pass; versions compare by their numbers, so 1.10.0 is newer than 1.4.0
//   every place that launches is judged, wherever its type keeps it; a resource with several gets one verdict, the worst
//   only a pin that is surely wrong and stands in plain inputs is mended
// Sources: Amazon ECS developer guide, platform-fargate, platform-versions-retired and fargate-create-storage-key (documented).

import { lookAt } from "../look";
import type { Circumstances, Finding, Mending, Rule, StackSubject, Subject } from "../rule";
import type { Verdict } from "../verdict";
import { CAPACITY_READS } from "./cluster-capacity";
import { judgeSite, judgeSiteInStack, worstOf } from "./judge-site";
import type { LaunchSite } from "./launch-site";
import { launchReads, launchSites } from "./launch-sites";
import { mergedReads } from "./merged-reads";
import { MENDED_PIN } from "./pin-change";
import { dependsOnSystem, pinFault } from "./pin-fault";
import { placementOf } from "./placement";
import { DEFINITION_READS, sitesInStack } from "./sites-in-stack";

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
  remedy:
    "Set platformVersion to LATEST, or to 1.4.0 or newer. At the level remediate, LATEST is set where a known pin that fails stands " +
    "in plain inputs of a launch on Fargate.",
  limits:
    "It judges services, task sets, targets of EventBridge rules, schedules, pipes, Batch job definitions and the runTask " +
    "states of state machines. Capacity provider strategies count. A launch that leaves its place to the cluster's default " +
    "strategy is judged at the end of the preview, with the cluster; an update, which cannot see the cluster in time, judges " +
    "it at once. 1.0.0 is judged at the end of the preview, with the task definition's operating system. A pin that was " +
    "removed from the program but lives on in the service is seen there too. JSON of Batch or Step Functions that is not known " +
    "yet as a whole is passed over in a preview: the update judges it before it changes the resource. A version that a state " +
    "machine takes from its input is reported as unknown.",
  example: [
    'new aws.ecs.Service("web", { taskDefinition: "web:1", launchType: "FARGATE", platformVersion: "LATEST" });',
  ],
  judges: Object.keys(launchReads()),
  reads: mergedReads(launchReads(), CAPACITY_READS, DEFINITION_READS),
  checkResource,
  checkStack,
  remediate,
};

function checkResource(subject: Subject, { moment }: Circumstances): Verdict {
  return worstOf(launchSites(subject).map((site) => judgeSite(subject, site, moment)));
}

function checkStack(resources: readonly StackSubject[]): readonly Finding[] {
  const sites = sitesInStack(resources);
  const launching = [...new Set(sites.map(({ subject }) => subject))];
  return launching.map((subject) => ({
    subject,
    verdict: worstOf(sites.filter((one) => one.subject === subject).map((one) => judgeSiteInStack(one, resources))),
  }));
}

function remediate(subject: Subject): readonly Mending[] {
  return launchSites(subject)
    .filter(isSurelyWrong)
    .map(({ pinPath }) => ({ path: pinPath, value: MENDED_PIN }));
}

/** 1.0.0 may be Windows', and a text of JSON is not ours to write again. */
function isSurelyWrong(site: LaunchSite): boolean {
  const pin = lookAt(site.launch, "platformVersion");
  if (site.json !== null || pin.state !== "known" || dependsOnSystem(pin.value)) return false;
  return placementOf(site).place === "fargate" && pinFault(pin.value, null) !== null;
}
