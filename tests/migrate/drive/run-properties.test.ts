// Runs with random services, rivals, faults and deaths: what must hold whatever happens.

import assert from "node:assert/strict";
import fc from "fast-check";
import { drawRandom } from "../../../migrate/core/pacing/seeded-random";
import type { AwsFailureKind } from "../../../migrate/ports/aws-failure";
import type { Script } from "./fake-rollout";
import { Killed } from "./memory-run-store";
import { RunRig } from "./run-rig";

const NAMES = ["a", "b", "c", "d"] as const;
const PASSING: readonly AwsFailureKind[] = ["throttled", "reset", "timeout", "server"];
const scripts = fc.constantFrom<Script>("success", "success", "success", "slow-drain", "failing", "breaker", "stuck");
const redeployFaults = fc.array(fc.record({ kind: fc.constantFrom(...PASSING), acted: fc.boolean() }), {
  maxLength: 2,
});

const story = fc.record({
  scripts: fc.record({ a: scripts, b: scripts, c: scripts, d: scripts }),
  rivals: fc.subarray([...NAMES]),
  faults: fc.record({ a: redeployFaults, b: redeployFaults, c: redeployFaults, d: redeployFaults }),
  /** One read of so many fails. */
  failEvery: fc.integer({ min: 5, max: 60 }),
  failSeed: fc.integer({ min: 1, max: 1_000_000 }),
  failKind: fc.constantFrom(...PASSING),
  deaths: fc.array(fc.record({ lines: fc.integer({ min: 1, max: 25 }), when: fc.constantFrom("before", "after") }), {
    maxLength: 3,
  }),
  inFlightMax: fc.integer({ min: 1, max: 4 }),
  failuresMax: fc.integer({ min: 0, max: 4 }),
});

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

/** A throttled call has certainly not acted; the other faults may have. */
function honest<T extends { readonly kind: AwsFailureKind; readonly acted: boolean }>(fault: T): T {
  return fault.kind === "throttled" ? { ...fault, acted: false } : fault;
}

async function live(told: Story): Promise<RunRig> {
  const { inFlightMax, failuresMax } = told;
  const rig = new RunRig({
    waves: [["a"], ["b", "c", "d"]],
    scripts: told.scripts,
    options: { inFlightMax, failuresMax },
  });
  for (const name of told.rivals) rig.ecs.rivals.add(name);
  for (const name of NAMES) rig.ecs.redeployFaults.set(name, told.faults[name].map(honest));
  let seed = told.failSeed;
  rig.ecs.fault = (operation) => {
    const { value, next } = drawRandom(seed);
    seed = next;
    return operation !== "UpdateService" && value < 1 / told.failEvery ? told.failKind : null;
  };
  for (const { lines, when } of told.deaths) {
    rig.store.death = { seq: rig.store.lines.length + lines, when };
    await rig.run().catch((error) => assert.ok(error instanceof Killed));
    rig.store.death = null;
    rig.clock.advance(60_000);
  }
  await rig.run();
  return rig;
}

describe("any run", () => {
  it("ends, with every effect announced, nothing deployed twice, nobody else's deployment stopped", async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const rig = await live(told);
        const { status } = (await rig.run()).state;
        assert.ok(status === "finished" || status === "halted", status);
        assert.equal(new Set(rig.ecs.redeployed).size, rig.ecs.redeployed.length, "deployed twice");
        const ours = rig.store.lines.flatMap(({ event }) =>
          event.kind === "stop-intended" ? [event.serviceDeploymentArn] : [],
        );
        for (const arn of rig.ecs.stopped) assert.ok(ours.includes(arn), "stopped without a line");
      }),
      { numRuns: 50 },
    );
  });

  it("calls a service verified only when at that instant the world shows keyed tasks alone, draining ones included", async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const rig = await live(told);
        for (const { event } of rig.store.lines) {
          if (event.kind !== "verified") continue;
          const still = event.proof.tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
          assert.ok(still.length > 0 && still.every(({ kmsKeyArn }) => kmsKeyArn === event.proof.targetKeyArn));
          const unkeyed = rig.ecs.unkeyedTasksAt(event.service, Date.parse(event.proof.asOf));
          assert.deepEqual(unkeyed, []);
        }
      }),
      { numRuns: 50 },
    );
  });
});
