// What may be said about the start of tasks: each guard names the wrong value and the next step.

import { isPinnedByDigest, parseImageReference } from "../../domain/image-reference";
import type { ServiceDraft } from "./drafts";
import { FleetProblem } from "./fleet-problem";

/** UpdateTaskProtection, ECS API reference (documented). */
const PROTECTION_MINUTES_MAX = 2_880;

export function guardImage(reference: string): void {
  if (/^[^\s]+$/.test(reference)) return;
  throw new FleetProblem(`"${reference}" is no image`, "give a reference like registry.example/app:1.0.0");
}

export function guardSecret(name: string): void {
  if (/^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:[\w/+=.@-]+$/.test(name) || /^[\w/+=.@-]{1,512}$/.test(name))
    return;
  throw new FleetProblem(`"${name}" is no secret`, "give a name like pay/db, or the ARN of a secret");
}

export function guardParameter(name: string): void {
  if (/^arn:[^:]+:ssm:[^:]+:\d{12}:parameter\/[\w./-]+$/.test(name) || /^[\w./-]{1,1011}$/.test(name)) return;
  throw new FleetProblem(`"${name}" is no parameter`, "give a name like /pay/db, or the ARN of a parameter");
}

export function guardVolume(name: string, taken: readonly string[]): void {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    throw new FleetProblem(`"${name}" is no name for a volume`, "use letters, digits, hyphens and underscores");
  }
  if (taken.includes(name)) throw new FleetProblem(`there is a volume "${name}" already`, "give this one another name");
}

export function guardMinutes(minutes: number): void {
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= PROTECTION_MINUTES_MAX) return;
  throw new FleetProblem(
    `a protection of ${minutes} minutes would be refused`,
    `give a whole number from 1 to ${PROTECTION_MINUTES_MAX}`,
  );
}

/** What only the whole service shows: modifiers may come in any order. */
export function guardStart({ cluster, name, desired, controller, windows, pauseHooks, start }: ServiceDraft): void {
  const place = `service "${cluster}/${name}"`;
  const image = start.image ?? "";
  if (start.imageIs === "moved" && isPinnedByDigest(image)) {
    throw new FleetProblem(`${place} has an image by digest that moved`, "name it by a tag, or leave out imageMoved()");
  }
  if (start.imageIs !== "as-it-runs" && start.image !== null && parseImageReference(image).kind === "elsewhere") {
    throw new FleetProblem(
      `${place} has an image in a registry that no scan can ask`,
      "name one in Amazon ECR, or leave out imageGone() and imageMoved()",
    );
  }
  const held = start.protection?.tasks ?? 0;
  if (!Number.isInteger(held) || held < 0 || held > desired) {
    throw new FleetProblem(`${place} has ${held} protected tasks of ${desired}`, `protect 0 to ${desired} of them`);
  }
  if (start.ebsVolumes.length > 0 && (controller !== "ECS" || windows)) {
    throw new FleetProblem(
      `${place} cannot have an EBS volume per task`,
      "ebsVolume() needs Linux and the ECS controller: leave out codeDeploy(), external() or windows()",
    );
  }
  if (!Number.isInteger(pauseHooks) || pauseHooks < 0) {
    throw new FleetProblem(`${place} has ${pauseHooks} hooks`, "give a whole number of hooks");
  }
}
