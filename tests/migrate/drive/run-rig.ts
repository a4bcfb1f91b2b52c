// A run on the fake ECS: everything that runPlan takes, in memory and in virtual time.

import type { Fleet } from "../../../domain/fleet";
import { foldRun } from "../../../migrate/core/machine/fold-run";
import type { ServicePhase } from "../../../migrate/core/machine/run-state";
import type { Plan, PlanOptions } from "../../../migrate/core/model/plan";
import { type RunEnd, runPlan } from "../../../migrate/drive/run";
import type { MessageCode } from "../../../migrate/messages";
import type { AccountPort } from "../../../migrate/ports/account-port";
import type { Output } from "../../../migrate/ports/output";
import { fleetOf, planOf, SETTINGS, T0 } from "../machine/run-fixture";
import { FakeEcs } from "./fake-ecs";
import type { Script } from "./fake-rollout";
import { MemoryRunStore } from "./memory-run-store";
import { VirtualClock } from "./virtual-clock";

const COMMANDS = {
  run: "fargate-cmk run plan.json",
  resume: "fargate-cmk resume 3f9a1c",
  approve: "fargate-cmk approve 3f9a1c",
};

export interface RigOptions {
  /** Services by wave; one wave with `a` and `b` unless told. */
  readonly waves?: readonly (readonly string[])[];
  readonly options?: Partial<PlanOptions>;
  readonly scripts?: Readonly<Record<string, Script>>;
  readonly failureReason?: string;
}

export class RunRig {
  readonly clock = new VirtualClock(T0);
  readonly store = new MemoryRunStore();
  readonly messages: { readonly code: MessageCode; readonly data: unknown }[] = [];
  readonly interrupt = new AbortController();
  readonly fleet: Fleet;
  readonly plan: Plan;
  readonly ecs: FakeEcs;

  constructor({ waves = [["a", "b"]], options = {}, ...world }: RigOptions = {}) {
    this.fleet = fleetOf(waves.flat());
    this.plan = planOf(waves, options, this.fleet);
    this.ecs = new FakeEcs({ fleet: this.fleet, clock: this.clock, ...world });
  }

  run(): Promise<RunEnd> {
    const output: Output = { emit: (code, data) => this.messages.push({ code, data }) };
    return runPlan({
      ecs: this.ecs,
      account: accountOf(this.fleet),
      store: this.store,
      clock: this.clock,
      output,
      plan: this.plan,
      fleet: this.fleet,
      caller: "arn:aws:iam::111122223333:user/ops",
      toolVersion: "0.1.0",
      repaired: null,
      surroundings: { alarmStates: async () => new Map() },
      settings: SETTINGS,
      commands: COMMANDS,
      signal: this.interrupt.signal,
    });
  }

  /** What the journal says became of every service, by name. */
  phases(): Readonly<Record<string, ServicePhase>> {
    const { services } = foldRun(this.plan, this.store.lines);
    return Object.fromEntries(
      [...services.values()].map(({ arn, phase }) => [arn.slice(arn.lastIndexOf("/") + 1), phase]),
    );
  }

  said(code: MessageCode): number {
    return this.messages.filter((message) => message.code === code).length;
  }

  secondsGone(): number {
    return (this.clock.nowMs() - T0) / 1000;
  }
}

function accountOf(fleet: Fleet): AccountPort {
  return {
    identity: async () => ({
      account: fleet.lane.account,
      principalArn: "arn:aws:iam::111122223333:user/ops",
      partition: "aws",
    }),
    describeKey: async (arn) => ({
      arn,
      keyId: arn.slice(arn.lastIndexOf("/") + 1),
      keyManager: "CUSTOMER",
      keyState: "Enabled",
      keyUsage: "ENCRYPT_DECRYPT",
      keySpec: "SYMMETRIC_DEFAULT",
      origin: "AWS_KMS",
      multiRegion: false,
      deletionDate: null,
      validTo: null,
    }),
    getKeyPolicy: async () => "{}",
    keyRotation: async () => ({ enabled: true, periodDays: 365 }),
    describeSubnets: async () => [],
  };
}
