// A probe through the real SDK on the simulated account: what it launches, what it says, and that nothing of it is left.

import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import type { ProbeOutcome } from "../../../migrate/core/probe/judge-probe";
import { probeLaunches } from "../../../migrate/core/probe/probe-launches";
import { type ProbeOptions, probeKeys } from "../../../migrate/drive/probe-keys";
import { aFleet } from "../../../simulator/fleet-builder";
import type { TaskView } from "../../../simulator/world/world-view";
import { type SimulatedAws, withSimulatedAws } from "../adapters-aws/simulated-aws";

const fleetWith = (policy: "documented" | "withoutFargate" | "closedContextKeys" = "documented") =>
  aFleet()
    .key("pay-key", { clusters: ["pay"], policy })
    .cluster("pay", { key: "pay-key" })
    .service("api", { desired: 2 })
    .build();

interface Probed {
  readonly outcomes: readonly ProbeOutcome[];
  readonly left: readonly string[];
}

async function probed(aws: SimulatedAws, fleet: Fleet, options: Partial<ProbeOptions> = {}): Promise<Probed> {
  const plan = makePlan({ fleet, fleetSha256: "0".repeat(64), options: DEFAULT_PLAN_OPTIONS });
  const left: string[] = [];
  const outcomes = await probeKeys({
    launches: probeLaunches({ plan, fleet, image: null }),
    probe: aws.probe,
    ecs: aws.ecs,
    clock: aws.clock,
    signal: new AbortController().signal,
    onLaunched: () => undefined,
    onLeft: (arn) => left.push(arn),
    ...options,
  });
  return { outcomes, left };
}

const probeTasks = ({ simulator }: SimulatedAws): readonly TaskView[] =>
  simulator.simulation
    .state()
    .lanes.flatMap(({ clusters }) => clusters)
    .flatMap(({ tasks }) => tasks)
    .filter(({ startedBy }) => startedBy === "fargate-cmk-probe");

async function nothingIsLeft(aws: SimulatedAws): Promise<void> {
  for (const { desiredStatus } of probeTasks(aws)) assert.equal(desiredStatus, "STOPPED");
  const { status } = await aws.ecs.describeTaskDefinition("fargate-cmk-probe:1");
  assert.equal(status, "INACTIVE");
}

describe("probe over HTTP", () => {
  it("passes where a task of its own starts on the key, and leaves neither task nor definition", async () => {
    const fleet = fleetWith();
    await withSimulatedAws(fleet, async (aws) => {
      const { outcomes, left } = await probed(aws, fleet);
      assert.deepEqual([outcomes.map(({ verdict }) => verdict), left], [["pass"], []], outcomes[0]?.reason);
      assert.equal(probeTasks(aws).length, 1);
      await nothingIsLeft(aws);
    });
  });

  for (const policy of ["withoutFargate", "closedContextKeys"] as const)
    it(`fails under a key policy that keeps Fargate out: ${policy}`, async () => {
      const fleet = fleetWith(policy);
      await withSimulatedAws(fleet, async (aws) => {
        const [outcome] = (await probed(aws, fleet)).outcomes;
        assert.equal(outcome?.verdict, "fail");
        assert.match(`${outcome?.reason} → ${outcome?.remedy}`, /could not start: .*KMS.* → .*check-key-policy/i);
        await nothingIsLeft(aws);
      });
    });

  it("does not know when it may not launch, and names the permission", async () => {
    const fleet = fleetWith();
    await withSimulatedAws(fleet, async (aws) => {
      aws.simulator.simulation.scheduleFault({ kind: "access-denied", operation: "RunTask", count: 9 });
      const [outcome] = (await probed(aws, fleet)).outcomes;
      assert.deepEqual(
        [outcome?.verdict, outcome?.remedy],
        [
          "unknown",
          "allow ecs:RunTask to who asks, then ask again with --probe; all that it needs: fargate-cmk permissions preflight --probe",
        ],
      );
      await nothingIsLeft(aws);
    });
  });

  it("launches one task only when the answer to the launch is lost, and says what may be there", async () => {
    const fleet = fleetWith();
    const lost = async (aws: SimulatedAws): Promise<void> => {
      aws.simulator.simulation.scheduleFault({ kind: "timeout-after-act", operation: "RunTask", count: 1 });
      const [outcome] = (await probed(aws, fleet)).outcomes;
      assert.equal(outcome?.verdict, "unknown");
      assert.match(outcome?.reason ?? "", /family fargate-cmk-probe may be there, and ends by itself/);
      assert.equal(probeTasks(aws).length, 1);
    };
    await withSimulatedAws(fleet, lost, { losing: "ecs:RunTask" });
  });

  it("fails where AWS has no room for one more task", async () => {
    const fleet = fleetWith();
    await withSimulatedAws(fleet, async (aws) => {
      aws.simulator.simulation.inject({ kind: "vcpu-quota", capacity: "onDemand", vcpu: 0.5 });
      const [outcome] = (await probed(aws, fleet)).outcomes;
      assert.match(`${outcome?.verdict}: ${outcome?.reason}`, /^fail: its task was not launched: .*number of vCPUs/);
    });
  });

  it("takes everything away when it is interrupted", async () => {
    const fleet = fleetWith();
    await withSimulatedAws(fleet, async (aws) => {
      const interruption = new AbortController();
      const onLaunched = () => interruption.abort();
      const [outcome] = (await probed(aws, fleet, { signal: interruption.signal, onLaunched })).outcomes;
      assert.deepEqual([outcome?.verdict, outcome?.reason], ["unknown", "it was interrupted"]);
      await nothingIsLeft(aws);
    });
  });

  it("tells what it could not take away, and still says what it saw", async () => {
    const fleet = fleetWith();
    await withSimulatedAws(fleet, async (aws) => {
      aws.simulator.simulation.scheduleFault({ kind: "access-denied", operation: "StopTask", count: 9 });
      const { outcomes, left } = await probed(aws, fleet);
      assert.equal(outcomes[0]?.verdict, "pass");
      assert.deepEqual(
        left,
        probeTasks(aws).map(({ arn }) => arn),
      );
    });
  });
});
