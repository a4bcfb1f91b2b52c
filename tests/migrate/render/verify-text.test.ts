import assert from "node:assert/strict";
import { verifyFleet } from "../../../migrate/core/verify/verify-fleet";
import { verifyText } from "../../../migrate/render/verify-text";
import { aFleet } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";

describe("verifyText", () => {
  it("shows first what is not proved, cluster by cluster, and ends in the count", () => {
    const fleet = payCluster().service("vault").keyed().standaloneTask("backup").build();
    const [, , task] = fleet.tasks;
    assert.equal(
      verifyText(verifyFleet(fleet), { width: 100 }),
      `Account 111122223333 · eu-west-1 · 1 cluster · read 2026-06-01 08:00 UTC

  pay   key ${fleet.keys[0]?.arn.split("/")[1]} · 1 proved · 1 not on it
    task ${task?.arn.split("/")[2]}
       not on it   runs without a customer managed key

  2 of 3 running tasks (67 %) use the key of their cluster.
  1 service or task of no service is not proved.
  Next: fargate-cmk scan, then fargate-cmk plan: it says what each one needs.
`,
    );
  });

  it("says when everything is proved", () => {
    const text = verifyText(verifyFleet(payCluster().service("vault").keyed().build()), { width: 100 });
    assert.ok(
      text.endsWith("  2 of 2 running tasks (100 %) use the key of their cluster. Nothing is unproved.\n"),
      text,
    );
  });

  it("says of a cluster without a key that it has none", () => {
    const text = verifyText(verifyFleet(aFleet().cluster("pay").service("checkout").build()), { width: 80 });
    assert.ok(text.includes("\n  pay   no key · 0 proved · 1 not on it\n"), text);
  });

  it("says of an account without clusters, and of one without tasks, that there is nothing to count", () => {
    const empty = verifyText(verifyFleet(aFleet().build()), { width: 80 });
    assert.ok(empty.endsWith("  There is no cluster here: check --region and --profile.\n"), empty);
    const idle = verifyText(verifyFleet(aFleet().cluster("pay").build()), { width: 80 });
    assert.ok(idle.endsWith("  No running task could use a key.\n"), idle);
  });
});
