// World-level faults and rival actors: what happens to the account from outside, whoever calls the API.
// Invariants: a fault names what it hits by account, Region and names; `untilMs` absent means: until it is lifted or for ever.

import type { FargateCapacity } from "./vcpu-room";

/** Where a fault strikes. Left out, it is the only lane of the world; with several lanes it must be given. */
export interface FaultPlace {
  readonly account?: string;
  readonly region?: string;
}

export interface ServicePlace extends FaultPlace {
  readonly cluster: string;
  readonly service: string;
}

/**
 * How new tasks of a service fail: the container exits, the image is gone, or no health check ever passes. The image is gone
 * for every revision; the other two spare the last successful one, whose image digests are pinned.
 */
export type FailureMode = "exits" | "image-missing" | "unhealthy";

/** What takes away something that a start of tasks needs, or puts another thing in its place. */
export type StartFault =
  /** The images of a task definition are gone, from their registry too and for everybody who shares them. */
  | (FaultPlace & { readonly kind: "image-missing"; readonly taskDefinition: string; readonly untilMs?: number })
  /** Somebody pushed: a tag names another image. `image` is a reference to the lane's ECR, or `REPOSITORY:TAG`. */
  | (FaultPlace & { readonly kind: "image-moved"; readonly image: string; readonly digest?: string })
  | (FaultPlace & { readonly kind: "secret-deleted"; readonly secret: string })
  | (FaultPlace & {
      readonly kind: "secret-scheduled-for-deletion";
      readonly secret: string;
      readonly windowDays?: number;
    })
  | (FaultPlace & { readonly kind: "parameter-deleted"; readonly parameter: string })
  | (FaultPlace & { readonly kind: "log-group-deleted"; readonly logGroup: string })
  | (FaultPlace & { readonly kind: "task-definition-inactive"; readonly taskDefinition: string });

export type WorldFault =
  | (FaultPlace & { readonly kind: "key-disabled"; readonly key: string })
  | (FaultPlace & { readonly kind: "key-enabled"; readonly key: string })
  | (FaultPlace & { readonly kind: "key-policy-replaced"; readonly key: string; readonly policy: string })
  | (FaultPlace & { readonly kind: "key-deletion-scheduled"; readonly key: string; readonly windowDays?: number })
  /** Of a key with imported material. */
  | (FaultPlace & { readonly kind: "key-material-expires"; readonly key: string })
  | (FaultPlace & {
      /** A resource control policy denies the key, or all keys, to everybody outside, AWS's services with them. */
      readonly kind: "organisation-denies-key";
      readonly key?: string;
      /** Another resource control policy, as JSON text. */
      readonly policy?: string;
      /** The stopped reason of tasks that it stops. */
      readonly text?: string;
    })
  /** Lifts the denials of that key, or all of them. */
  | (FaultPlace & { readonly kind: "organisation-allows-key"; readonly key?: string })
  | StartFault
  | (ServicePlace & {
      /** All its tasks of now are protected from being stopped, 120 minutes unless given. */
      readonly kind: "task-protected";
      readonly minutes?: number;
    })
  | (ServicePlace & { readonly kind: "new-tasks-fail"; readonly how: FailureMode; readonly untilMs?: number })
  | (ServicePlace & { readonly kind: "new-tasks-recover" })
  | (FaultPlace & { readonly kind: "capacity-short"; readonly refusals: number; readonly untilMs: number })
  | (FaultPlace & { readonly kind: "subnet-full"; readonly subnet: string; readonly untilMs?: number })
  | (FaultPlace & { readonly kind: "alarm-fires"; readonly alarm: string; readonly untilMs?: number })
  | (FaultPlace & { readonly kind: "alarm-clears"; readonly alarm: string })
  | (FaultPlace & { readonly kind: "vcpu-quota"; readonly capacity: FargateCapacity; readonly vcpu: number })
  /** Somebody else in the account starts so much more, and stops it at `untilMs`. */
  | (FaultPlace & {
      readonly kind: "neighbour-takes-vcpu";
      readonly capacity: FargateCapacity;
      readonly vcpu: number;
      readonly untilMs?: number;
    })
  | (FaultPlace & { readonly kind: "trail-drops-kms"; readonly trail: string })
  | (ServicePlace & { readonly kind: "somebody-deploys"; readonly taskDefinition?: string })
  | (ServicePlace & {
      readonly kind: "somebody-scales";
      readonly desiredCount: number;
      /** Autoscaling may not scale in while a deployment is under way; a person may. */
      readonly by?: "autoscaling" | "person";
    })
  | (ServicePlace & { readonly kind: "service-deleted" })
  | (FaultPlace & { readonly kind: "cluster-key-changed"; readonly cluster: string; readonly key: string | null })
  /** One of its lifecycle hooks that runs now fails, or else the next to start. */
  | (ServicePlace & { readonly kind: "hook-fails" })
  /** ECS moves a healthy task to another zone: a new one of the same deployment starts, then the old one stops. */
  | (ServicePlace & { readonly kind: "zones-rebalanced" })
  /** AWS retires the host of a Fargate task, one unless given: it is stopped, and replaced under its deployment. */
  | (ServicePlace & { readonly kind: "task-retired"; readonly count?: number })
  | (ServicePlace & { readonly kind: "task-dies"; readonly count?: number })
  | (ServicePlace & { readonly kind: "spot-interruption"; readonly count?: number });
