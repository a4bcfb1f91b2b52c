// World-level faults and rival actors: what happens to the account from outside, whoever calls the API.
// Invariants: a fault names what it hits by account, Region and names; `untilMs` absent means: until it is lifted or for ever.

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

export type WorldFault =
  | (FaultPlace & { readonly kind: "key-disabled"; readonly key: string })
  | (FaultPlace & { readonly kind: "key-enabled"; readonly key: string })
  | (FaultPlace & { readonly kind: "key-policy-replaced"; readonly key: string; readonly policy: string })
  | (FaultPlace & { readonly kind: "key-deletion-scheduled"; readonly key: string; readonly windowDays?: number })
  | (FaultPlace & { readonly kind: "image-missing"; readonly taskDefinition: string; readonly untilMs?: number })
  | (ServicePlace & { readonly kind: "new-tasks-fail"; readonly how: FailureMode; readonly untilMs?: number })
  | (ServicePlace & { readonly kind: "new-tasks-recover" })
  | (FaultPlace & { readonly kind: "capacity-short"; readonly refusals: number; readonly untilMs: number })
  | (FaultPlace & { readonly kind: "subnet-full"; readonly subnet: string; readonly untilMs?: number })
  | (ServicePlace & { readonly kind: "somebody-deploys"; readonly taskDefinition?: string })
  | (ServicePlace & {
      readonly kind: "somebody-scales";
      readonly desiredCount: number;
      /** Autoscaling may not scale in while a deployment is under way; a person may. */
      readonly by?: "autoscaling" | "person";
    })
  | (ServicePlace & { readonly kind: "service-deleted" })
  | (FaultPlace & { readonly kind: "cluster-key-changed"; readonly cluster: string; readonly key: string | null })
  | (ServicePlace & { readonly kind: "task-dies"; readonly count?: number })
  | (ServicePlace & { readonly kind: "spot-interruption"; readonly count?: number });
