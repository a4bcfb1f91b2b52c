// What people do by hand: `aws ecs update-service --force-new-deployment` for the services of a group, one after the other, then
// `aws ecs wait services-stable` for the group, and then the next group.
//
// Invariants
//   the waits of a group begin together, one for each ten services of one cluster; the next group begins when all have ended
//   a refused service is told and not waited for
//   where it is not known what people do, the kinder reading is taken: reading the list costs no call, and neither typing a
//   command, nor starting a process, nor a call on its way costs time, besides one pause before the waits of a group

import { type ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { groupBy } from "../../../migrate/core/group-by";
import type { Clock } from "../../../migrate/ports/clock";
import { CliFailure, HandCli } from "./hand-cli";
import { WAITER_SERVICES_MAX, type WaitEnd, waitServicesStable } from "./hand-waiter";

export interface HandStage {
  readonly clients: { readonly ecs: ECSClient };
  readonly clock: Clock;
}

export interface HandService {
  readonly arn: string;
  readonly clusterArn: string;
  readonly name: string;
}

export interface HandOptions {
  readonly groupSize: number;
  /** In the order in which a person lists them. */
  readonly services: readonly HandService[];
  /** A wait that ends badly: the usual script goes on with the next group, a careful person stops. @default "go-on" */
  readonly onTimeout?: "stop" | "go-on";
  /**
   * Between the last update of a group and its waits. The waiter looks at once, and a read that lags shows the one deployment of
   * before, which it calls stable (aws-cli issue 9275, reported). @default 3 seconds: longer than reads lag in the simulated AWS
   */
  readonly pauseBeforeWaitMs?: number;
  /** Called at the instant when services are called stable, to look at the world then. */
  readonly onCalledDone?: (arns: readonly string[]) => void;
  /** Of the pauses between retries. @default 1 */
  readonly seed?: number;
}

export interface HandResult {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Calls that left, retries included. */
  readonly calls: number;
  readonly throttled: number;
  /** Groups that were begun. */
  readonly groups: number;
  /** ARNs that the waiter called stable, in the order in which it did. */
  readonly calledDone: readonly string[];
  /** ARNs whose waiter gave up: all that waited with the one that was not stable. */
  readonly timedOut: readonly string[];
  /** ARNs whose waiter ended with a failure, all that waited together again. */
  readonly brokenOff: readonly { readonly arn: string; readonly why: string }[];
  /** UpdateService did not do it, retries included. */
  readonly refused: readonly { readonly arn: string; readonly code: string }[];
  readonly stoppedBecause: string | null;
}

export async function byHand(stage: HandStage, options: HandOptions): Promise<HandResult> {
  const script = new HandScript(stage, options);
  const startedAtMs = stage.clock.nowMs();
  for (const group of inGroups(options.services, options.groupSize)) {
    await script.doGroup(group);
    if (script.stoppedBecause !== null) break;
  }
  return { startedAtMs, endedAtMs: stage.clock.nowMs(), ...script.told() };
}

const PAUSE_BEFORE_WAIT_MS = 3_000;

class HandScript {
  stoppedBecause: string | null = null;
  readonly #cli: HandCli;
  readonly #calledDone: string[] = [];
  readonly #timedOut: string[] = [];
  readonly #brokenOff: HandResult["brokenOff"][number][] = [];
  readonly #refused: HandResult["refused"][number][] = [];
  #groups = 0;

  constructor(
    private readonly stage: HandStage,
    private readonly options: HandOptions,
  ) {
    this.#cli = new HandCli({ clock: stage.clock, seed: options.seed ?? 1 });
  }

  async doGroup(group: readonly HandService[]): Promise<void> {
    this.#groups += 1;
    const sent: HandService[] = [];
    for (const service of group) if (await this.#update(service)) sent.push(service);
    if (sent.length === 0) return;
    await this.stage.clock.sleep(this.options.pauseBeforeWaitMs ?? PAUSE_BEFORE_WAIT_MS);
    await Promise.all(waitedTogether(sent).map((services) => this.#wait(services)));
  }

  told(): Omit<HandResult, "startedAtMs" | "endedAtMs"> {
    const { calls, throttled } = this.#cli;
    const ends = { calledDone: this.#calledDone, timedOut: this.#timedOut, brokenOff: this.#brokenOff };
    const { stoppedBecause } = this;
    return { calls, throttled, groups: this.#groups, ...ends, refused: this.#refused, stoppedBecause };
  }

  async #update({ arn, clusterArn }: HandService): Promise<boolean> {
    const input = { cluster: clusterArn, service: arn, forceNewDeployment: true };
    try {
      await this.#cli.send(() => this.stage.clients.ecs.send(new UpdateServiceCommand(input)));
      return true;
    } catch (error) {
      if (!(error instanceof CliFailure)) throw error;
      this.#refused.push({ arn, code: error.code });
      return false;
    }
  }

  async #wait(together: readonly [HandService, ...HandService[]]): Promise<void> {
    const { clients, clock } = this.stage;
    const services = together.map(({ arn }) => arn);
    const [{ clusterArn }] = together;
    const end = await waitServicesStable({ cli: this.#cli, ecs: clients.ecs, clock, clusterArn, services });
    this.#note(end, together);
  }

  #note(end: WaitEnd, together: readonly HandService[]): void {
    const arns = together.map(({ arn }) => arn);
    switch (end.kind) {
      case "stable":
        this.#calledDone.push(...arns);
        this.options.onCalledDone?.(arns);
        return;
      case "timed-out":
        this.#timedOut.push(...arns);
        this.#stop("timed out", together);
        return;
      case "failed":
        this.#brokenOff.push(...arns.map((arn) => ({ arn, why: end.why })));
        this.#stop(`ended with ${end.why}`, together);
    }
  }

  #stop(how: string, together: readonly HandService[]): void {
    if (this.options.onTimeout !== "stop") return;
    const names = together.map(({ name }) => name).join(", ");
    this.stoppedBecause ??= `the wait of group ${this.#groups} ${how}: ${names}`;
  }
}

function inGroups(services: readonly HandService[], size: number): readonly (readonly HandService[])[] {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`groupSize is ${size}; give a whole number from 1`);
  const groups = Math.ceil(services.length / size);
  return Array.from({ length: groups }, (_, at) => services.slice(at * size, (at + 1) * size));
}

/** As many as one wait takes, all of one cluster. */
function waitedTogether(services: readonly HandService[]): readonly (readonly [HandService, ...HandService[]])[] {
  const byCluster = groupBy(services, ({ clusterArn }) => clusterArn);
  return [...byCluster.values()].flatMap((own) =>
    inGroups(own, WAITER_SERVICES_MAX).flatMap(([first, ...rest]) => (first ? [[first, ...rest] as const] : [])),
  );
}
