// The story of a team that has a cluster in code: refused without a key, updated in place, migrated by the command, proved.

import assert from "node:assert/strict";
import { DescribeClustersCommand } from "@aws-sdk/client-ecs";
import { aFleet } from "../../../simulator/fleet-builder";
import { type SimulatedAccount, withAccount } from "../../e2e/simulated-account";
import { succeeded } from "../pulumi-process";
import { createProject, type EngineRun, type PulumiProject } from "../pulumi-project";
import { chapter, endStory, told } from "./narration";

const BEFORE = "tests/engine/programs/plain-cluster";
const AFTER = "examples/existing-cluster-in-code";
const SUBNETS = ["subnet-0a1b2c3d", "subnet-0e4f5a6b"];
const FLEET = SUBNETS.reduce((fleet, id) => fleet.subnet(id), aFleet()).build();
const POLICY_PACK = { policyPacks: [{ folder: "policypack" }] };
const SETTLED_SECONDS = 900;

const TASK_ROLE = `arn:aws:iam::${FLEET.lane.account}:role/orders-task`;

/** Without a key the sessions of ECS Exec and their log are not encrypted with one either: the pack says so, and stops nothing for it. */
const ADVICE = [
  ["exec-session-encrypted", "advisory", "orders"],
  ["log-group-key", "advisory", "orders-exec"],
];

describe("a cluster that is in code", function () {
  this.timeout(600_000);
  after(endStory);

  it("is refused without a key, gets one in place, and is migrated until every task is proved", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const project = await createProject({
        program: BEFORE,
        config: { "aws:region": FLEET.lane.region, subnetIds: SUBNETS.join(","), taskRoleArn: TASK_ROLE },
        endpoint: account.gateway.endpoint,
        env: account.env,
      });
      try {
        await beginsWithoutKey(project, account);
        await isRefused(project);
        await getsItsKey(project, account);
        await isMigrated(account);
        await staysAsItIs(project);
      } finally {
        await project.dispose();
      }
    }));
});

async function beginsWithoutKey(project: PulumiProject, account: SimulatedAccount): Promise<void> {
  chapter("A team's cluster and two services, without a key of their own");
  const run = succeeded(told("pulumi up", await project.up({ args: ["--skip-preview"] })));
  assert.equal(run.changes.create, 6);
  await account.advance(SETTLED_SECONDS);
  assert.deepEqual(keysOfTasks(account), ["AWS owned", "AWS owned", "AWS owned", "AWS owned"]);
}

async function isRefused(project: PulumiProject): Promise<void> {
  chapter("The policy pack refuses it, and says what to change");
  const run = told("pulumi preview --policy-pack policypack", await project.preview(POLICY_PACK));
  assert.notEqual(run.status, 0);
  assert.deepEqual(said(run), [["cluster-fargate-key", "mandatory", "orders"], ...ADVICE]);
  const refusal = run.violations.find(({ policy }) => policy === "cluster-fargate-key");
  assert.match(refusal?.message ?? "", /fargateEphemeralStorageKmsKeyId: key\.arn/);
}

async function getsItsKey(project: PulumiProject, account: SimulatedAccount): Promise<void> {
  chapter("The same stack with a key: the cluster is updated in place and keeps the rest of its configuration");
  project.use(AFTER);
  const preview = succeeded(await project.preview(POLICY_PACK));
  assert.deepEqual(said(preview), [], "a key that is made in the same stack is no reason for a word");
  const run = succeeded(told("pulumi up --policy-pack policypack", await project.up(POLICY_PACK)));
  assert.deepEqual(said(run), []);
  const cluster = stepOf(run, "aws:ecs/cluster:Cluster");
  assert.equal(cluster.op, "update");
  assert.deepEqual(Object.keys(cluster.detailedDiff).toSorted(), [
    "configuration.executeCommandConfiguration.kmsKeyId",
    "configuration.executeCommandConfiguration.logConfiguration.cloudWatchEncryptionEnabled",
    "configuration.managedStorageConfiguration",
  ]);
  assert.deepEqual(
    run.steps.filter(({ type }) => type === "aws:ecs/service:Service").map(({ op }) => op),
    ["same", "same"],
  );
  const { keyArn } = await project.stackOutputs();
  assert.deepEqual(await clusterOf(account), {
    configuration: {
      executeCommandConfiguration: {
        kmsKeyId: keyArn,
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchLogGroupName: "/ecs/exec/orders", cloudWatchEncryptionEnabled: true },
      },
      managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: keyArn },
    },
    settings: [{ name: "containerInsights", value: "enabled" }],
  });
}

async function isMigrated(account: SimulatedAccount): Promise<void> {
  chapter("The tasks that run still use AWS's key; the command redeploys their services and proves each task");
  told("fargate-cmk verify --expect encrypted", await account.expect(5, "verify", "--expect", "encrypted"));
  await account.expect(0, "scan", "--quiet");
  told("fargate-cmk scan && fargate-cmk plan", await account.expect(0, "plan", "--soak", "30s"));
  told("fargate-cmk run plan.json", await account.expect(0, "run", "plan.json"));
  told("fargate-cmk verify --expect encrypted", await account.expect(0, "verify", "--expect", "encrypted"));
  assert.equal(new Set(keysOfTasks(account)).size, 1);
  assert.doesNotMatch(keysOfTasks(account).join(), /AWS owned/);
}

async function staysAsItIs(project: PulumiProject): Promise<void> {
  chapter("Pulumi sees nothing to do, with a refresh neither");
  for (const args of [[], ["--refresh"]]) {
    const command = ["pulumi preview --policy-pack policypack", ...args].join(" ");
    const run = succeeded(told(command, await project.preview({ ...POLICY_PACK, args })));
    assert.deepEqual(Object.keys(run.changes), ["same"]);
    assert.deepEqual(said(run), []);
  }
}

/** Rule, level and resource of all that the pack said. */
function said({ violations }: EngineRun): readonly (readonly unknown[])[] {
  return violations.map(({ policy, level, urn }) => [policy, level, urn.split("::").at(-1)]).toSorted();
}

function stepOf(run: EngineRun, type: string) {
  const [step, ...others] = run.steps.filter((one) => one.type === type);
  assert.ok(step !== undefined && others.length === 0, `one step of ${type}`);
  return step;
}

/** The key of every running task, or "AWS owned". */
function keysOfTasks(account: SimulatedAccount): readonly string[] {
  return [...account.services().values()].flatMap(({ tasks }) =>
    tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").map(({ kmsKeyArn }) => kmsKeyArn ?? "AWS owned"),
  );
}

function clusterOf(account: SimulatedAccount) {
  return account.withSdk(async ({ ecs }) => {
    const include = ["CONFIGURATIONS", "SETTINGS"] as const;
    const reply = await ecs.send(new DescribeClustersCommand({ clusters: ["orders"], include: [...include] }));
    const { configuration, settings } = reply.clusters?.[0] ?? assert.fail("there is no cluster orders");
    return { configuration, settings };
  });
}
