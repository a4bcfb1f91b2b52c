import assert from "node:assert/strict";
import { Random } from "../../../simulator/world/random";
import type { WorldFault } from "../../../simulator/world/world-fault";
import { breaker, MINUTE, SmallWorld, withKey } from "./small-world";

const API = { cluster: "pay", service: "api" } as const;
const FAULTS: readonly [WorldFault, ...WorldFault[]] = [
  { kind: "task-dies", ...API },
  { kind: "spot-interruption", ...API, count: 2 },
  { kind: "somebody-deploys", ...API },
  { kind: "somebody-scales", ...API, desiredCount: 7, by: "autoscaling" },
  { kind: "somebody-scales", ...API, desiredCount: 3, by: "person" },
  { kind: "new-tasks-fail", ...API, how: "exits" },
  { kind: "new-tasks-fail", ...API, how: "unhealthy" },
  { kind: "new-tasks-recover", ...API },
];

describe("worlds of many seeds, with things happening in between", () => {
  for (let seed = 1; seed <= 25; seed++) {
    it(`shows counts that agree with the tasks, and comes to rest once left alone (seed ${seed})`, () => {
      const small = new SmallWorld({ seed });
      const chance = new Random(seed, "test");
      small.cluster("pay");
      small.service("pay", "api", { desiredCount: 4, ...breaker(true) });
      const key = small.goodKey("pay");
      small.ecs("UpdateCluster", { cluster: "pay", ...withKey(key) });
      for (let step = 0; step < 25; step++) {
        small.inject(chance.pick(FAULTS));
        small.pass(chance.below(6 * MINUTE));
        countsAgree(small);
      }
      small.inject({ kind: "new-tasks-recover", ...API });
      small.force("pay", "api");
      small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
      small.pass(30 * MINUTE);
      countsAgree(small);
      const { desiredCount = 0 } = small.describe("pay", "api");
      assert.deepEqual(small.keysOfLive("pay", "api"), Array(desiredCount).fill(key));
      assert.equal(small.alive("pay", "api").length, desiredCount);
      assert.equal(small.kms("ListGrants", { KeyId: key }).Grants.length, desiredCount);
    });
  }
});

function countsAgree(small: SmallWorld): void {
  const { deployments = [], runningCount } = small.describe("pay", "api");
  const live = small.view("pay", "api").tasks.filter((task) => task.desiredStatus === "RUNNING");
  const running = live.filter((task) => task.lastStatus === "RUNNING");
  assert.equal(runningCount, running.length);
  for (const deployment of deployments) {
    const own = live.filter((task) => task.startedBy === deployment.id);
    assert.equal((deployment.runningCount ?? 0) + (deployment.pendingCount ?? 0), own.length);
  }
  assert.equal(deployments.filter((deployment) => deployment.status === "PRIMARY").length, 1);
  assert.equal(deployments[0]?.status, "PRIMARY");
}
