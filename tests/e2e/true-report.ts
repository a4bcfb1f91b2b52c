// Compares a report with what the simulated account really holds, row by row.

import assert from "node:assert/strict";
import { live, type SimulatedAccount } from "./simulated-account";

/** Every service once, with the key that its tasks really have; proved exactly those whose tasks all have the planned one. */
export async function assertReportIsTrue(account: SimulatedAccount): Promise<void> {
  const { services } = await account.report();
  const plan = account.plan();
  const planned = new Map(plan.services.map(({ arn, targetKeyArn }) => [arn, targetKeyArn]));
  const truth = [...account.services().values()];
  assert.deepEqual(services.map(({ arn }) => arn).toSorted(), truth.map(({ arn }) => arn).toSorted());
  for (const service of truth) {
    const row = services.find(({ arn }) => arn === service.arn) ?? assert.fail();
    const tasks = live(service);
    // Without tasks it is the deployment that says what the next ones will have.
    const carriers = tasks.length > 0 ? tasks : service.deployments;
    const keys = [...new Set(carriers.map(({ kmsKeyArn }) => kmsKeyArn))];
    const where = `${row.clusterName}/${row.name} (${row.outcome}: ${row.reason})`;
    if (row.outcome === "proved") assert.deepEqual(keys, [planned.get(row.arn)], where);
    if (row.evidence === null) continue;
    if (row.keyAfter.seen === "key") assert.deepEqual(keys, [row.keyAfter.arn], where);
    if (row.keyAfter.seen === "no-key") assert.deepEqual(keys, [null], where);
    if (row.keyAfter.seen === "several") assert.ok(keys.length > 1, where);
    const running = row.tasks.filter(({ verdict }) => verdict !== "notApplicable").map(({ arn }) => arn);
    for (const { arn } of tasks) assert.ok(running.includes(arn), `${where} leaves out ${arn}`);
  }
}
