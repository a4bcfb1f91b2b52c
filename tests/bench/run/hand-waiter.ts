// `aws ecs wait services-stable`, as the AWS CLI has it.
// Source: botocore's data/ecs/2014-11-13/waiters-2.json (ServicesStable) and its waiter.py, as shipped: what ends it and in which
// order it is looked at; 40 checks with 15 seconds between them, the first at once, so that it gives up after 585 seconds.
//
// Invariants
//   it takes at most ten services of one cluster, and ends for all of them at once: who waits learns of none which it was
//   it asks for one deployment and as many running tasks as desired, and for nothing else: neither which deployment, nor its key,
//   nor whether tasks of before still drain

import { DescribeServicesCommand, type DescribeServicesCommandOutput, type ECSClient } from "@aws-sdk/client-ecs";
import type { Clock } from "../../../migrate/ports/clock";
import { CliFailure, type HandCli } from "./hand-cli";

export type WaitEnd =
  /** Exit code 0. */
  | { readonly kind: "stable" }
  /** Exit code 255: it looked as often as it may. */
  | { readonly kind: "timed-out" }
  /** Exit code 255: a service is gone or going, or the call itself failed. */
  | { readonly kind: "failed"; readonly why: string };

export interface Waiting {
  readonly cli: HandCli;
  readonly ecs: ECSClient;
  readonly clock: Clock;
  readonly clusterArn: string;
  /** At most WAITER_SERVICES_MAX. */
  readonly services: readonly string[];
}

/** DescribeServices takes no more (ECS API reference, documented). */
export const WAITER_SERVICES_MAX = 10;

const CHECKS_MAX = 40;
const EVERY_MS = 15_000;

export async function waitServicesStable(waiting: Waiting): Promise<WaitEnd> {
  for (let check = 1; ; check += 1) {
    const end = await checked(waiting);
    if (end !== null) return end;
    if (check >= CHECKS_MAX) return { kind: "timed-out" };
    await waiting.clock.sleep(EVERY_MS);
  }
}

/** Null while it goes on. */
async function checked({ cli, ecs, clusterArn, services }: Waiting): Promise<WaitEnd | null> {
  try {
    const input = { cluster: clusterArn, services: [...services] };
    return judged(await cli.send(() => ecs.send(new DescribeServicesCommand(input))));
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    return { kind: "failed", why: error.code };
  }
}

function judged({ failures = [], services = [] }: DescribeServicesCommandOutput): WaitEnd | null {
  if (failures.some(({ reason }) => reason === "MISSING")) return { kind: "failed", why: "MISSING" };
  const statuses = services.map(({ status }) => status);
  const gone = ["DRAINING", "INACTIVE"].find((status) => statuses.includes(status));
  if (gone !== undefined) return { kind: "failed", why: gone };
  const isStable = services.every(
    ({ deployments = [], runningCount, desiredCount }) => deployments.length === 1 && runningCount === desiredCount,
  );
  return isStable ? { kind: "stable" } : null;
}
