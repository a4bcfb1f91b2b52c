// What can happen by itself at an instant: the items of the event queue.

import type { Cluster } from "./cluster";
import type { Key } from "./key";
import type { Service } from "./service";
import type { ServiceDeployment, ServiceDeploymentStatus } from "./service-deployment";
import type { Task } from "./task";
import type { VcpuRoom } from "./vcpu-room";

export type Happening =
  | { readonly kind: "task-step"; readonly task: Task; readonly step: number; readonly next: TaskStep }
  | { readonly kind: "task-forgotten"; readonly task: Task }
  | { readonly kind: "reconcile"; readonly service: Service }
  | { readonly kind: "service-deployment-moves"; readonly serviceDeployment: ServiceDeployment; readonly move: Move }
  | { readonly kind: "service-changes-shown"; readonly service: Service }
  | { readonly kind: "service-forgotten"; readonly service: Service }
  | { readonly kind: "cluster-forgotten"; readonly cluster: Cluster }
  | { readonly kind: "neighbour-gives-vcpu-back"; readonly room: VcpuRoom; readonly vcpu: number }
  | { readonly kind: "key-deleted"; readonly key: Key; readonly deletionAtMs: number }
  | { readonly kind: "key-material-expires"; readonly key: Key; readonly validToMs: number };

/** From one status to the next; stale when the service deployment is no longer in `from`. */
export interface Move {
  readonly from: ServiceDeploymentStatus;
  readonly to: ServiceDeploymentStatus;
}

export type TaskStep =
  | { readonly kind: "provisioned" }
  /** Of a keyed task that had to wait for the rate of CreateGrant. */
  | { readonly kind: "volume-made" }
  | { readonly kind: "pulled" }
  | { readonly kind: "healthy" }
  | { readonly kind: "exits"; readonly exitCode: number }
  | { readonly kind: "fails-to-start"; readonly reason: string }
  | { readonly kind: "unhealthy" }
  | { readonly kind: "deregistered" }
  | { readonly kind: "exited" }
  | { readonly kind: "deprovisioned" };
