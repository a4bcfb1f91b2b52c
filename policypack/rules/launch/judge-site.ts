// The platform version of one launch site: by what the program says of it, and by what the stack shows of it at the end.
//
// Invariants
//   what one resource shows is judged with it; what needs the cluster or the task definition is left to the end of the preview
//   an update stops at an old pin whose place the cluster decides: it cannot see the cluster, and on EC2 ECS refuses every pin
//     ("The platform version must be null when specifying an EC2 launch type", reported)

import { lookAt, shown } from "../look";
import type { Moment, StackSubject, Subject } from "../rule";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";
import { capacityOf } from "./cluster-capacity";
import type { LaunchSite } from "./launch-site";
import { pinChange } from "./pin-change";
import { dependsOnSystem, type PinFault, pinFault } from "./pin-fault";
import { type Placement, placementOf } from "./placement";
import { clusterOfSite, definitionOf, type SiteInStack, systemOf } from "./sites-in-stack";

/** By its own resource alone. */
export function judgeSite(subject: Subject, site: LaunchSite, moment: Moment): Verdict {
  if (!site.isSeen)
    return notApplicable(`${site.json} is not known yet; the update judges it before it changes anything`);
  const placement = placementOf(site);
  const pin = lookAt(site.launch, "platformVersion");
  if (placement.place === "elsewhere" || placement.place === "by-task-sets") return notApplicable(placement.reason);
  if (pin.state === "absent") return pass("no pin: LATEST");
  if (pin.state === "unknown") return unseenPin(site);
  const family = lookAt(site.launch, "operatingSystemFamily");
  if (dependsOnSystem(pin.value) && family.state !== "known") return withoutSystem(site, family.state);
  const fault = pinFault(pin.value, family.state === "known" ? String(family.value) : null);
  if (fault === null) return pass(`platform version ${shown(pin.value)}`);
  if (placement.place === "unclear") return unclearPlace(site, pin.value, placement);
  if (placement.place === "by-cluster" && moment !== "update") {
    return notApplicable("the cluster's default strategy decides, which shows at the end of the preview");
  }
  return wrong(subject, site, { pin: pin.value, fault });
}

/** With the stack's clusters and task definitions. What `judgeSite` has said is not said again, save of pins that the provider keeps. */
export function judgeSiteInStack(one: SiteInStack, resources: readonly StackSubject[]): Verdict {
  const { subject, site } = one;
  const { place, reason } = placementOf(site);
  const pin = lookAt(site.launch, "platformVersion");
  if (place === "elsewhere" || place === "by-task-sets" || place === "unclear") return notApplicable(reason);
  if (pin.state !== "known") return notApplicable("no platform version is known");
  if (place === "by-cluster") {
    const standard = standardOf(one, resources);
    if (standard.place === "elsewhere") return notApplicable(`by the cluster's default strategy, ${standard.reason}`);
    if (standard.place === "unclear") return byUnclearCluster(site, pin.value, standard);
  } else if (isJudgedAlone(site, pin.value)) {
    return notApplicable("the inputs have been judged, and the provider keeps no other pin");
  }
  const definition = definitionOf(one, resources);
  const family = definition === null ? lookAt(site.launch, "operatingSystemFamily") : systemOf(definition);
  if (dependsOnSystem(pin.value) && family.state !== "known") return systemUnseen(site, definition);
  const fault = pinFault(pin.value, family.state === "known" ? String(family.value) : null);
  return fault === null
    ? pass(`platform version ${shown(pin.value)}`)
    : wrong(subject, site, { pin: pin.value, fault });
}

/** One verdict for a resource with several sites: a failure before what is unknown, and all failures named. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  const [failed, ...others] = verdicts.filter((one) => one.kind === "fail");
  if (failed !== undefined) return { ...failed, evidence: [...failed.evidence, ...others.map(({ reason }) => reason)] };
  const found = (["unknown", "pass", "notApplicable"] as const).flatMap(
    (kind) => verdicts.find((one) => one.kind === kind) ?? [],
  );
  return found[0] ?? notApplicable("it launches no ECS task");
}

/** Where the default strategy of its cluster leads; `by-cluster` when the stack does not show it. */
export function standardOf(one: SiteInStack, resources: readonly StackSubject[]): Placement {
  const named = clusterOfSite(one, resources);
  switch (named.found) {
    case "in-stack":
      return capacityOf(named.cluster, resources).standard;
    case "elsewhere":
      return placementOf(one.site);
    case "unclear":
      return { place: "unclear", reason: "its cluster is not known yet" };
  }
}

/** A service and a task set keep a pin that the program no longer names; a pin deeper in a resource goes with its text. */
function isJudgedAlone({ launch, pinPath }: LaunchSite, pin: unknown): boolean {
  const needsDefinition = dependsOnSystem(pin) && lookAt(launch, "operatingSystemFamily").state === "absent";
  return pinPath.length > 1 && !needsDefinition;
}

const UPDATE = "the update, at this rule's level, before it creates or changes the resource";

function unseenPin(site: LaunchSite): Verdict {
  if (site.chosenAtRun.includes("platformVersion")) {
    return unknown(
      `${site.what} takes its platform version from what it is given when it runs.`,
      "you, in what starts it",
    );
  }
  return unknown(`The platform version of ${lowered(site.what)} is not known yet.`, UPDATE);
}

function withoutSystem(site: LaunchSite, state: "absent" | "unknown"): Verdict {
  if (state === "unknown") {
    return unknown(`${site.what} pins 1.0.0, and its operating system is not known yet.`, UPDATE);
  }
  return notApplicable("1.0.0 is judged with the task definition's operating system, at the end of the preview");
}

function unclearPlace(site: LaunchSite, pin: unknown, { reason }: Placement): Verdict {
  const isChosen = ["launchType", "capacityProviderStrategies"].some((name) => site.chosenAtRun.includes(name));
  return unknown(
    `Whether ${lowered(site.what)}, pinned to ${shown(pin)}, runs on Fargate is open: ${isChosen ? "its input decides" : reason}.`,
    isChosen ? "you, in what starts it" : UPDATE,
  );
}

/** A pin that is right on Fargate is right anywhere that takes one. */
function byUnclearCluster(site: LaunchSite, pin: unknown, placement: Placement): Verdict {
  if (!dependsOnSystem(pin) && pinFault(pin, null) === null) return pass(`platform version ${shown(pin)}`);
  return unclearPlace(site, pin, placement);
}

function systemUnseen(site: LaunchSite, definition: StackSubject | null): Verdict {
  const unseen =
    definition === null ? "task definition is not part of this stack" : "operating system is not known yet";
  return {
    ...unknown(
      `${site.what} pins 1.0.0: current on Windows, retired on Linux. Its ${unseen}.`,
      "you, in the task definition",
    ),
    command: "aws ecs describe-task-definition --task-definition FAMILY --query taskDefinition.runtimePlatform",
  };
}

function wrong(subject: Subject, site: LaunchSite, { pin, fault }: { pin: unknown; fault: PinFault }): Verdict {
  return fail({
    reason: `${site.what} is pinned to ${fault.which} platform version ${shown(pin)}: ${fault.detail}.`,
    evidence: [placementOf(site).reason],
    change: pinChange(subject, site, pin),
  });
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
