import assert from "node:assert/strict";
import { taskRolesSeparate } from "../../../policypack/rules/access/task-roles-separate";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { NATIVE_ROLE, ROLE, TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { findings, judged } from "../judged";
import { SCENES } from "../scenes/task-roles-separate";
import { subject } from "../subjects";

const ARN = "arn:aws:iam::111122223333:role/shop/web";
const STARTS = subject(ROLE, {}, { name: "starts" });

function verdictOn(properties: Properties, rest: Partial<StackSubject> = {}, others = [STARTS]): Verdict {
  const [finding, ...more] = findings(taskRolesSeparate, [...others, subject(TASK_DEFINITION, properties, rest)]);
  assert.equal(more.length, 0);
  return finding?.verdict ?? assert.fail("nothing was judged");
}

function unseen(task: readonly string[], execution: readonly string[], others = [STARTS]): Verdict {
  const madeFrom = { taskRoleArn: task, executionRoleArn: execution };
  return verdictOn({ taskRoleArn: UNKNOWN, executionRoleArn: UNKNOWN }, { madeFrom }, others);
}

describe("task-roles-separate", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(taskRolesSeparate, SCENES));

  it("passes without a task role, and without an execution role", () => {
    for (const absent of [undefined, null, "", " "]) {
      assert.equal(verdictOn({ taskRoleArn: absent, executionRoleArn: ARN }).kind, "pass");
      assert.equal(verdictOn({ taskRoleArn: ARN, executionRoleArn: absent }).kind, "pass");
    }
  });

  it("fails with one ARN twice, and shows it", () => {
    const verdict = verdictOn({ taskRoleArn: ARN, executionRoleArn: ARN });
    assert.ok(verdict.kind === "fail");
    assert.equal(verdict.reason, 'Task definition "web" gives its application the execution role.');
    assert.deepEqual(verdict.evidence, [`taskRoleArn and executionRoleArn: both are "${ARN}"`]);
    assert.deepEqual(verdict.change.slice(1, 3), [
      `-   taskRoleArn: "${ARN}",`,
      "+   taskRoleArn: taskRole.arn,   // only what the application needs",
    ]);
  });

  it("knows a role by its short name too", () => {
    assert.equal(verdictOn({ taskRoleArn: "web", executionRoleArn: ARN }).kind, "fail");
    assert.equal(verdictOn({ taskRoleArn: "shop", executionRoleArn: ARN }).kind, "pass");
  });

  it("does not take two roles of one name for one", () => {
    const elsewhere = ARN.replace("111122223333", "444455556666");
    assert.equal(verdictOn({ taskRoleArn: ARN, executionRoleArn: elsewhere }).kind, "pass");
  });

  it("fails before the update when both are made from one role of the stack", () => {
    for (const type of [ROLE, NATIVE_ROLE]) {
      const role = subject(type, {}, { name: "starts" });
      const verdict = unseen([role.urn], [role.urn], [role]);
      assert.ok(verdict.kind === "fail" && verdict.evidence[0]?.includes('role "starts" of this stack'));
    }
  });

  it("never compares two unknown values: more sources, none, or a source that is no role of the stack prove nothing", () => {
    assert.equal(unseen([], []).kind, "pass");
    assert.equal(unseen([STARTS.urn], []).kind, "pass");
    assert.equal(unseen([STARTS.urn, "urn:other"], [STARTS.urn]).kind, "pass");
    assert.equal(unseen(["urn:elsewhere"], ["urn:elsewhere"]).kind, "pass");
  });

  it("says nothing while one of two is not known yet", () => {
    assert.equal(verdictOn({ taskRoleArn: UNKNOWN, executionRoleArn: ARN }).kind, "notApplicable");
    assert.equal(verdictOn({ taskRoleArn: ARN, executionRoleArn: UNKNOWN }).kind, "notApplicable");
  });
});
