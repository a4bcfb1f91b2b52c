// The remedies of a plan, pasted into a shell as a person would: AWS's own command line against the simulated account, then scan and
// plan again: the row is gone. Needs the AWS CLI of tests/interop/requirements.txt, and is skipped without it.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Fleet } from "../../domain/fleet";
import type { Classification } from "../../migrate/core/model/service-class";
import { aFleet } from "../../simulator/fleet-builder";
import { type SimulatedAccount, withAccount } from "../e2e/simulated-account";
import { commandIn, hasAws, pasted, rowOf } from "./paste";

type Fills = Readonly<Record<string, (fleet: Fleet) => string>>;

interface Case {
  readonly title: string;
  readonly class: Classification["class"];
  readonly fleet: Fleet;
  /** What the remedy leaves for a person to fill in. */
  readonly fill?: Fills;
  /** What a person does before the command, as the remedy's words ask. */
  readonly first?: (account: SimulatedAccount) => Promise<void>;
  /** What the service is afterwards; `redeploy` when left out. */
  readonly afterwards?: Classification["class"];
}

const keyed = () =>
  aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay", { key: "pay-key" })
    .service("ledger", { desired: 3 });
const single = () =>
  aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay", { key: "pay-key" })
    .service("ledger", { desired: 1 });

const CASES: readonly Case[] = [
  {
    title: "no-cluster-key: attach",
    class: "no-cluster-key",
    fleet: aFleet()
      .key("pay-key", { clusters: ["pay"] })
      .cluster("pay")
      .service("ledger", { desired: 2 })
      .build(),
    fill: { KEY_ARN: ({ keys }) => `${keys[0]?.arn} --yes` },
  },
  { title: "cannot-roll: percents", class: "cannot-roll", fleet: single().percents(100, 100).build() },
  { title: "rolls-with-downtime: percents", class: "rolls-with-downtime", fleet: single().percents(0, 100).build() },
  { title: "cannot-start: log group", class: "cannot-start", fleet: keyed().logGroupMissing().build() },
  {
    title: "cannot-start: secret being deleted",
    class: "cannot-start",
    fleet: keyed().secret("pay/db", { state: "being-deleted", jsonKey: "password" }).build(),
  },
  {
    title: "cannot-start: parameter",
    class: "cannot-start",
    fleet: keyed().parameter("/pay/db", { state: "missing" }).build(),
    first: async ({ directory }) => writeFile(path.join(directory, "VALUE"), "a value"),
  },
  { title: "image-drift: allow", class: "image-drift", fleet: keyed().imageMoved().build() },
  { title: "stateful: allow", class: "stateful", fleet: keyed().ebsVolume("data").build() },
  {
    title: "cannot-start: image gone, another revision deployed",
    class: "cannot-start",
    fleet: keyed().imageGone().build(),
    first: registerAnew,
    // Deployed on a cluster that has its key, so it is under way on the key already.
    afterwards: "in-flight",
  },
  {
    title: "cannot-start: task definition INACTIVE, registered anew",
    class: "cannot-start",
    fleet: keyed().inactiveTaskDefinition().build(),
    first: registerAnew,
    afterwards: "in-flight",
  },
  { title: "paused-hooks: allow", class: "paused-hooks", fleet: keyed().pauseHooks(1).build() },
  {
    title: "excluded: the tag is removed",
    class: "excluded",
    fleet: keyed().tagged({ "fargate-cmk:skip": "after the audit" }).build(),
  },
  { title: "protected: lift", class: "protected", fleet: keyed().protectedTasks(2).build() },
];

describe("remedy of a blocked service", function () {
  this.timeout(120_000);

  before(function () {
    if (!hasAws()) this.skip();
  });

  for (const one of CASES)
    it(`works as it stands: ${one.title}`, async () => {
      await withAccount({ fleet: one.fleet }, async (account) => {
        await account.expect(0, "scan");
        await account.expect(0, "plan");
        const before = rowOf(account, "ledger");
        assert.equal(before.class, one.class, before.reason);
        await one.first?.(account);
        const end = await pasted(account, filled(commandIn(before), one));
        assert.equal(end.exitCode, 0, `${before.remedy}\n${end.stderr}`);
        await account.expect(0, "scan");
        // A plan that an allowance was given to is what the remedy asked for; any other is made anew.
        if (!commandIn(before).startsWith("fargate-cmk plan")) await account.expect(0, "plan");
        const after = rowOf(account, "ledger");
        assert.equal(
          after.class,
          one.afterwards ?? "redeploy",
          `after ${commandIn(before)}: ${after.class}: ${after.reason}`,
        );
      });
    });
});

async function registerAnew(account: SimulatedAccount): Promise<void> {
  const containers = JSON.stringify([{ name: "app", image: "public.ecr.aws/docker/library/busybox:1.37" }]);
  const small = "--requires-compatibilities FARGATE --network-mode awsvpc --cpu 256 --memory 512";
  const register = `aws ecs register-task-definition --family pay-ledger ${small} --container-definitions '${containers}'`;
  const end = await pasted(account, register);
  assert.equal(end.exitCode, 0, end.stderr);
}

function filled(command: string, { fill = {}, fleet }: Case): string {
  return Object.entries(fill).reduce((text, [name, value]) => text.replace(name, value(fleet)), command);
}
