import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { parseFleet } from "../../../migrate/core/model/parse-fleet";
import { demoFleet } from "../../../simulator/demo-fleet";
import { payCluster } from "../fleets/service-case";
import { thrownBy } from "./thrown";

const FLEET = payCluster().service("checkout", { desired: 2 }).service("refunds").build();

describe("parseFleet", () => {
  it("gives back what was written, for a fleet of every kind of service", () => {
    const fleet = demoFleet({ seed: 7 });
    assert.deepEqual(parseFleet(JSON.stringify(fleet), "fleet.json"), fleet);
  });

  it("keeps unknown facts, with and without a permission", () => {
    const [cluster, ...others] = FLEET.clusters;
    assert.ok(cluster);
    const fleet: Fleet = {
      ...FLEET,
      clusters: [{ ...cluster, tasks: unknown("denied", "ecs:ListTasks"), services: unknown("timed out") }, ...others],
    };
    assert.deepEqual(parseFleet(JSON.stringify(fleet), "fleet.json"), fleet);
  });

  it("takes a file with a byte order mark", () => {
    assert.deepEqual(parseFleet(`\uFEFF${JSON.stringify(FLEET)}`, "fleet.json"), FLEET);
  });

  it("says of a truncated file that it is not JSON, and names it", () => {
    const { code, message } = thrownBy(() => parseFleet('{"schema": "fargate-cmk/fl', "fleet.json"));
    assert.equal(code, "not-json");
    assert.match(message, /^fleet\.json is not JSON: /);
  });

  it("says of an empty file that it is empty", () => {
    const error = thrownBy(() => parseFleet("  \n", "fleet.json"));
    assert.deepEqual(error, { code: "not-json", message: "fleet.json is not JSON: it is empty" });
  });

  it("refuses another kind of file, naming what it found and what it takes", () => {
    const error = thrownBy(() => parseFleet('{"schema":"fargate-cmk/plan","version":1}', "plan.json"));
    assert.deepEqual(error, {
      code: "wrong-shape",
      message: 'plan.json is not a fleet: at $.schema expected "fargate-cmk/fleet", found "fargate-cmk/plan"',
    });
  });

  it("refuses another version before it looks at the shape, naming both", () => {
    const error = thrownBy(() => parseFleet('{"schema":"fargate-cmk/fleet","version":1}', "fleet.json"));
    assert.deepEqual(error, {
      code: "foreign-version",
      message: "fleet.json is a fleet of version 1; this program reads version 2",
    });
  });

  const cases: readonly {
    readonly title: string;
    readonly change: (fleet: Draft) => void;
    readonly message: string;
  }[] = [
    {
      title: "a count below zero",
      change: (fleet) => Object.assign(at(fleet.services, 1), { desiredCount: -1 }),
      message: "fleet.json: at $.services[1].desiredCount expected a value of at least 0, found -1",
    },
    {
      title: "a count that is not whole",
      change: (fleet) => Object.assign(at(fleet.services, 0), { runningCount: 1.5 }),
      message: "fleet.json: at $.services[0].runningCount expected a whole number, found 1.5",
    },
    {
      title: "a text where a number should be",
      change: (fleet) => Object.assign(at(fleet.services, 0), { maximumPercent: "200" }),
      message: 'fleet.json: at $.services[0].maximumPercent expected a number, found "200"',
    },
    {
      title: "a word that is none of those known",
      change: (fleet) => Object.assign(at(fleet.services, 0), { controller: "CODEDEPLOY" }),
      message:
        'fleet.json: at $.services[0].controller expected "ECS" or "CODE_DEPLOY" or "EXTERNAL", found "CODEDEPLOY"',
    },
    {
      title: "an instant in local time",
      change: (fleet) => Object.assign(fleet, { readAt: "2026-11-22 09:14" }),
      message: 'fleet.json: at $.readAt expected an instant such as 2026-11-22T09:14:00Z, found "2026-11-22 09:14"',
    },
    {
      title: "a member that is missing",
      change: (fleet) => Reflect.deleteProperty(at(fleet.tasks, 0), "kmsKeyArn"),
      message: "fleet.json: at $.tasks[0].kmsKeyArn expected a string, found nothing",
    },
    {
      title: "a fact that is neither known nor unknown",
      change: (fleet) => Object.assign(at(fleet.clusters, 0), { tasks: { kind: "maybe" } }),
      message: 'fleet.json: at $.clusters[0].tasks.kind expected a known kind, found "maybe"',
    },
    {
      title: "a service in a cluster that is not there",
      change: (fleet) =>
        Object.assign(at(fleet.services, 0), { clusterArn: "arn:aws:ecs:eu-west-1:111122223333:cluster/x" }),
      message:
        "fleet.json: at $.services[0].clusterArn arn:aws:ecs:eu-west-1:111122223333:cluster/x is no cluster of this fleet",
    },
    {
      title: "a task that stands twice",
      change: (fleet) => fleet.tasks.push(at(fleet.tasks, 0)),
      message: `fleet.json: at $.tasks[4].arn ${FLEET.tasks[0]?.arn} stands a second time`,
    },
  ];

  for (const { title, change, message } of cases) {
    it(`tells exactly where there is ${title}`, () => {
      const draft = structuredClone(FLEET) as Draft;
      change(draft);
      assert.deepEqual(
        thrownBy(() => parseFleet(JSON.stringify(draft), "fleet.json")),
        { code: "wrong-shape", message },
      );
    });
  }

  it("loads zod only when something is parsed", () => {
    const file = path.resolve(__dirname, "../../../migrate/core/model/parse-fleet.js");
    const script = `require(${JSON.stringify(file)}); console.log(Object.keys(require.cache).filter((f) => f.includes("/zod/")).length)`;
    assert.equal(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }), "0\n");
  });
});

interface Draft extends Omit<Fleet, "services" | "tasks" | "clusters"> {
  readonly services: Fleet["services"][number][];
  readonly tasks: Fleet["tasks"][number][];
  readonly clusters: Fleet["clusters"][number][];
}

function at<T>(items: readonly T[], index: number): T & object {
  return (items[index] ?? assert.fail(`nothing at ${index}`)) as T & object;
}
