import assert from "node:assert/strict";
import { MINUTE, NETWORK, SECOND, SmallWorld, withKey } from "./small-world";

interface Started {
  readonly createdAt: Date;
  readonly pullStartedAt: Date;
}

/** When the tasks of a service left PROVISIONING, the first one first. */
function provisionedMs(small: SmallWorld, cluster: string, serviceName: string): readonly number[] {
  const started: Started[] = [];
  let nextToken: string | undefined;
  do {
    const page = small.ecs("ListTasks", { cluster, serviceName, ...(nextToken ? { nextToken } : {}) });
    nextToken = page.nextToken;
    started.push(...small.ecs("DescribeTasks", { cluster, tasks: page.taskArns }).tasks);
  } while (nextToken !== undefined);
  return started.map(({ pullStartedAt }) => pullStartedAt.getTime()).toSorted((a, b) => a - b);
}

/** The most that fall into any stretch of that length. */
function mostWithin(instants: readonly number[], lengthMs: number): number {
  return Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + lengthMs).length));
}

describe("simulated launch limits", () => {
  describe("22b a service launches at most 500 tasks in any minute, RunTask more, and On-Demand and Spot have a rate each", () => {
    // Provisioning takes the same for every task, so that what is measured is the waiting.
    const steady = { durations: { provisionMs: 0.001 } };

    it("spreads 1,100 tasks of one service over more than two minutes", () => {
      const small = new SmallWorld(steady);
      small.cluster("pay");
      small.create("pay", "api", { desiredCount: 1_100 });
      small.pass(5 * MINUTE);
      const instants = provisionedMs(small, "pay", "api");
      assert.equal(instants.length, 1_100);
      assert.ok(mostWithin(instants, MINUTE) <= 500);
      assert.ok((instants.at(-1) ?? 0) - (instants[0] ?? 0) >= 2 * MINUTE);
    });

    it("leaves two services to the account's rate", () => {
      const small = new SmallWorld(steady);
      small.cluster("pay");
      for (const name of ["a", "b"]) small.create("pay", name, { desiredCount: 450 });
      small.pass(5 * MINUTE);
      const instants = [...provisionedMs(small, "pay", "a"), ...provisionedMs(small, "pay", "b")];
      assert.ok(Math.max(...instants) - Math.min(...instants) < MINUTE, "900 launches need 40 s at 20 a second");
    });

    it("gives On-Demand and Spot a burst and a rate each", () => {
      const lengthOf = (providers: readonly string[]): number => {
        const small = new SmallWorld(steady);
        small.cluster("pay");
        const capacityProviders = ["FARGATE", "FARGATE_SPOT"];
        small.ecs("PutClusterCapacityProviders", {
          cluster: "pay",
          capacityProviders,
          defaultCapacityProviderStrategy: [],
        });
        const instants = providers.flatMap((capacityProvider, index) => {
          const capacityProviderStrategy = [{ capacityProvider, weight: 1 }];
          small.create("pay", `s${index}`, { desiredCount: 200, launchType: undefined, capacityProviderStrategy });
          return [`s${index}`];
        });
        small.pass(5 * MINUTE);
        const all = instants.flatMap((name) => provisionedMs(small, "pay", name));
        return Math.max(...all) - Math.min(...all);
      };
      const apart = lengthOf(["FARGATE", "FARGATE_SPOT"]);
      const together = lengthOf(["FARGATE", "FARGATE"]);
      assert.ok(together - apart > 8 * SECOND, `${together} ms and ${apart} ms`);
    });

    it("does not count what RunTask launches", () => {
      const small = new SmallWorld(steady);
      small.cluster("pay");
      const taskDefinition = small.taskDefinition();
      for (let call = 0; call < 60; call++) {
        small.ecs("RunTask", { cluster: "pay", taskDefinition, count: 10, launchType: "FARGATE", ...NETWORK });
      }
      small.pass(40 * SECOND);
      const { taskArns } = small.ecs("ListTasks", { cluster: "pay" });
      const { tasks } = small.ecs("DescribeTasks", { cluster: "pay", tasks: taskArns });
      assert.equal(tasks.filter(({ lastStatus }: { lastStatus: string }) => lastStatus === "PROVISIONING").length, 0);
    });
  });

  describe("22c keyed launches wait for the account's 50 CreateGrant a second, of which each takes two", () => {
    const burstOf = (keyed: boolean): readonly number[] => {
      const small = new SmallWorld({ durations: { provisionMs: 0.001 } });
      small.cluster("pay");
      if (keyed) small.ecs("UpdateCluster", { cluster: "pay", ...withKey(small.goodKey("pay")) });
      small.create("pay", "api", { desiredCount: 100 });
      small.pass(5 * MINUTE);
      return provisionedMs(small, "pay", "api");
    };

    it("so that a burst of 100 keyed tasks takes three seconds, and one without a key none", () => {
      const [keyed, bare] = [burstOf(true), burstOf(false)];
      assert.ok((keyed.at(-1) ?? 0) - (keyed[0] ?? 0) >= 3 * SECOND);
      assert.ok((bare.at(-1) ?? 0) - (bare[0] ?? 0) < SECOND);
      assert.ok(mostWithin(keyed.slice(25), SECOND) <= 26, "25 a second once the burst is used up");
    });
  });
});
