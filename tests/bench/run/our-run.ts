// A migration by `fargate-cmk`: scan, plan and run through the production adapters, from a stage's beginning to the run's end.
// Invariant: it gets what the command gets, and its numbers are the world's.

import { createAccountAdapter } from "../../../migrate/adapters/aws/account-adapter";
import { createEcsAdapter } from "../../../migrate/adapters/aws/ecs-adapter";
import { requestsThrough } from "../../../migrate/adapters/aws/send-request";
import { createSurroundingsAdapter } from "../../../migrate/adapters/aws/surroundings/surroundings-adapter";
import { inPhase } from "../../../migrate/core/machine/service-pairs";
import type { Plan, PlanOptions } from "../../../migrate/core/model/plan";
import { apiCallsMin } from "../../../migrate/core/plan/api-calls-min";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { createPacedGate } from "../../../migrate/drive/paced-gate";
import { runPlan } from "../../../migrate/drive/run";
import { scan } from "../../../migrate/drive/scan";
import { MortalRunStore } from "../../sim/stage/mortal-run-store";
import type { BenchStage } from "./bench-stage";
import { type Bounds, boundsOfTruth } from "./bounds-of-truth";
import { type ServiceTruth, WorldTruth } from "./truth";

export interface OurRun {
  readonly plan: Plan;
  /** `proved` when every service is. */
  readonly outcome: string | null;
  /** From the run's first line to its last. */
  readonly tookMs: number;
  readonly bounds: Bounds;
  /** Of scan and run together. */
  readonly calls: number;
  readonly callsMin: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly throttled: number;
  /** Calls that AWS answered with an error other than a throttle, or not at all. */
  readonly failedCalls: number;
  readonly truth: ReadonlyMap<string, ServiceTruth>;
  /** ARNs of the services that the run calls proved. */
  readonly proved: readonly string[];
}

export async function ourRun(stage: BenchStage, options: Partial<PlanOptions> = {}): Promise<OurRun> {
  const { clock, clients, simulation } = stage;
  const open = (seed: number) => {
    const send = requestsThrough(createPacedGate({ clock, seed }));
    const ecs = createEcsAdapter({ client: clients.ecs, send, clock });
    const surroundings = createSurroundingsAdapter({ clientOf: clients.clientOf, send, clock });
    return { ecs, account: createAccountAdapter({ ...clients, send, clock }), surroundings };
  };
  const fleet = await scan({ ...open(1), clock, region: stage.fleet.lane.region });
  const plan = makePlan({ fleet, fleetSha256: "0".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
  const store = new MortalRunStore();
  store.begin(null);
  const world = new WorldTruth(stage);
  void world.watch();
  const { state } = await runPlan({
    ...open(2),
    ...{ plan, fleet, store, clock },
    output: { emit: () => {} },
    caller: "arn:aws:iam::111122223333:user/ops",
    toolVersion: "0.0.0",
    repaired: null,
    settings: { onKeyTrouble: "rollback", limit: null },
    commands: { run: "run", resume: "resume", approve: "approve" },
    signal: new AbortController().signal,
  });
  const truth = world.end();
  const { calls, throttled, failed, byOperation } = simulation.calls();
  return {
    ...{ plan, truth, calls, throttled },
    proved: inPhase(state, "verified").map(({ arn }) => arn),
    outcome: state.outcome,
    tookMs: (state.endedAtMs ?? Number.NaN) - (state.startedAtMs ?? Number.NaN),
    bounds: boundsOfTruth({ plan, truth, vcpuOf: vcpuOfServices(stage), freeVcpu: plan.totals.freeVcpu.onDemand }),
    callsMin: apiCallsMin(fleet, plan.services),
    byOperation: Object.fromEntries(Object.entries(byOperation).map(([name, count]) => [name, count.calls])),
    failedCalls: failed - throttled,
  };
}

function vcpuOfServices({ fleet }: BenchStage): ReadonlyMap<string, number> {
  const definitions = fleet.taskDefinitions.flatMap((fact) => (fact.kind === "known" ? [fact.value] : []));
  const cpuUnits = new Map(definitions.map(({ arn, cpuUnits: units }) => [arn, units]));
  return new Map(
    fleet.services.map(({ arn, taskDefinitionArn }) => [arn, (cpuUnits.get(taskDefinitionArn ?? "") ?? 0) / 1_024]),
  );
}
