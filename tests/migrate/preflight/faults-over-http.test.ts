import assert from "node:assert/strict";
import { DeleteClusterCommand } from "@aws-sdk/client-ecs";
import type { Fleet } from "../../../domain/fleet";
import type { Preflight } from "../../../migrate/core/model/preflight";
import { preflight } from "../../../migrate/drive/preflight";
import { scan } from "../../../migrate/drive/scan";
import type { WorldFault } from "../../../simulator/world/world-fault";
import { sdkClients } from "../../simulator/sdk-clients";
import { type SimulatedAws, withSimulatedAws } from "../adapters-aws/simulated-aws";
import { answerTo, BEFORE, KEY, LANE, planOf, reds, unseen } from "./a-lane";

const DEFINITION = LANE.taskDefinitions[0]?.kind === "known" ? LANE.taskDefinitions[0].value : null;
const IMAGE = DEFINITION?.containers[0]?.image ?? "";
const TRAIL = LANE.trails.kind === "known" ? (LANE.trails.value[0]?.name ?? "") : "";
const POLICY = LANE.keys[0]?.policy.kind === "known" ? LANE.keys[0].policy.value : "";

interface Struck {
  readonly fault: WorldFault;
  readonly red: string;
  /** Time that passes after it: what CloudWatch measures shows with a delay. */
  readonly afterMs?: number;
}

const FAULTS: readonly Struck[] = [
  { fault: { kind: "key-disabled", key: KEY }, red: "key-enabled" },
  { fault: { kind: "key-deletion-scheduled", key: KEY }, red: "key-not-pending-deletion" },
  { fault: { kind: "key-policy-replaced", key: KEY, policy: withoutFargate() }, red: "key-policy-allows-fargate" },
  { fault: { kind: "cluster-key-changed", cluster: "pay", key: null }, red: "cluster-has-planned-key" },
  { fault: { kind: "image-missing", taskDefinition: DEFINITION?.arn ?? "" }, red: "images-present" },
  { fault: { kind: "image-moved", image: IMAGE }, red: "images-unmoved" },
  { fault: { kind: "secret-deleted", secret: "db-password" }, red: "secrets-present" },
  { fault: { kind: "secret-scheduled-for-deletion", secret: "db-password" }, red: "secrets-present" },
  { fault: { kind: "parameter-deleted", parameter: "/pay/flags" }, red: "secrets-present" },
  { fault: { kind: "log-group-deleted", logGroup: LANE.logGroups[0]?.name ?? "" }, red: "log-groups-present" },
  { fault: { kind: "task-protected", cluster: "pay", service: "checkout" }, red: "tasks-unprotected" },
  {
    fault: { kind: "task-definition-inactive", taskDefinition: DEFINITION?.arn ?? "" },
    red: "task-definitions-active",
  },
  { fault: { kind: "subnet-full", subnet: "subnet-0a1b2c3d" }, red: "subnet-addresses" },
  { fault: { kind: "alarm-fires", alarm: "checkout-5xx" }, red: "alarms-quiet" },
  { fault: { kind: "vcpu-quota", capacity: "onDemand", vcpu: 6 }, red: "vcpu-headroom-on-demand" },
  { fault: { kind: "vcpu-quota", capacity: "spot", vcpu: 3 }, red: "vcpu-headroom-spot" },
  {
    fault: { kind: "neighbour-takes-vcpu", capacity: "spot", vcpu: 1_000_000 },
    red: "vcpu-headroom-spot",
    afterMs: 5 * 60_000,
  },
  { fault: { kind: "trail-drops-kms", trail: TRAIL }, red: "trail-keeps-kms-events" },
];

describe("a preflight over HTTP with the real SDK", () => {
  it("finds nothing where nothing happened between plan and preflight, and changes nothing", async () => {
    await withSimulatedAws(LANE, async (aws) => {
      const before = await scanned(aws);
      const found = await asked(aws, before);
      assert.deepEqual([reds(found), unseen(found)], [BEFORE, []]);
      const mutating = Object.keys(aws.gate.counts().byOperation).filter(
        (name) => !/:(Describe|Get|List|BatchGet)/.test(name),
      );
      assert.deepEqual(mutating, []);
    });
  });

  for (const { fault, red, afterMs = 0 } of FAULTS) {
    it(`turns exactly ${red} red after ${fault.kind}`, async () => {
      await withSimulatedAws(LANE, async (aws) => {
        const before = await scanned(aws);
        aws.simulator.simulation.inject(fault);
        if (afterMs > 0) await aws.clock.sleep(afterMs);
        const found = await asked(aws, before);
        assert.deepEqual(
          reds(found).filter((id) => !BEFORE.includes(id)),
          [red],
        );
      });
    });
  }

  it("tells a key that is gone from one that may not be described", async () => {
    await withSimulatedAws(LANE, async (aws) => {
      const before = await scanned(aws);
      const denied = { kind: "access-denied", service: "kms", operation: "DescribeKey", count: 100 } as const;
      aws.simulator.simulation.scheduleFault(denied);
      const found = await asked(aws, before);
      assert.deepEqual(
        reds(found).filter((id) => !BEFORE.includes(id)),
        ["caller-describe-key"],
      );
      assert.equal(answerTo(found, "key-exists").verdict, "unknown");
    });
  });

  it("asks nothing else with the credentials of another account", async () => {
    await withSimulatedAws(LANE, async (aws) => {
      const before = await scanned(aws);
      const elsewhere = { ...before, lane: { ...before.lane, account: "444455556666" } };
      const calls = aws.gate.counts().total;
      const found = await asked(aws, elsewhere);
      assert.deepEqual(reds(found), ["caller-account"]);
      // Who we are, asked by the test and by the scan.
      assert.equal(aws.gate.counts().total - calls, 2);
    });
  });

  it("reads the task definitions of planned services again and takes the others over", async () => {
    await withSimulatedAws(LANE, async (aws) => {
      const before = await scanned(aws);
      const calls = () => aws.gate.counts().byOperation["ecs:DescribeTaskDefinition"] ?? 0;
      const once = calls();
      await asked(aws, { ...before, services: before.services.slice(0, 1) });
      assert.equal(calls() - once, 1);
    });
  });

  it("passes over services that were deleted, and then their cluster too", async () => {
    await withSimulatedAws(LANE, async (aws) => {
      const before = await scanned(aws);
      for (const service of ["checkout", "mailer"])
        aws.simulator.simulation.inject({ kind: "service-deleted", cluster: "pay", service });
      const found = await asked(aws, before);
      assert.deepEqual(reds(found), []);
      assert.match(answerTo(found, "services-can-roll").reason, /2 gone/);
      await aws.clock.sleep(15 * 60_000);
      const { ecs, destroy } = sdkClients({ endpoint: aws.simulator.endpoint });
      await ecs.send(new DeleteClusterCommand({ cluster: "pay" }));
      destroy();
      const later = await asked(aws, before);
      assert.deepEqual(reds(later), []);
      assert.equal(answerTo(later, "cluster-has-planned-key").reason, "the plan's clusters are gone");
    });
  });
});

function scanned({ ecs, account, surroundings, clock, region }: SimulatedAws): Promise<Fleet> {
  return scan({ ecs, account, surroundings, clock, region });
}

async function asked(aws: SimulatedAws, before: Fleet): Promise<Preflight> {
  const { ecs, account, surroundings, clock, region } = aws;
  return preflight({
    ecs,
    account,
    surroundings,
    clock,
    region,
    plan: planOf(before),
    fleet: before,
    identity: await account.identity(),
    credentialsExpireAtMs: await aws.credentialsExpireAtMs(),
    accept: new Map(),
  });
}

/** The key's policy with its administrators alone. */
function withoutFargate(): string {
  const document = JSON.parse(POLICY);
  return JSON.stringify({ ...document, Statement: document.Statement.slice(0, 1) });
}
