import assert from "node:assert/strict";
import type { TaskRecord } from "../../../domain/fleet";
import type { VerdictWord } from "../../../migrate/core/model/verdict";
import { verifyTask } from "../../../migrate/core/verify/verify-task";
import { payCluster } from "../fleets/service-case";

const [keyed] = payCluster().service("api", { desired: 1 }).keyed().build().tasks as readonly [TaskRecord];
const KEY = keyed.kmsKeyArn;
const asOf = "2026-06-01T09:00:00.000Z";

const CASES: readonly (readonly [title: string, change: Partial<TaskRecord>, verdict: VerdictWord])[] = [
  ["runs on the key", {}, "pass"],
  ["drains on the key", { desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" }, "pass"],
  ["has the storage object and no key in it", { kmsKeyArn: null, ephemeralStorageGib: 20 }, "fail"],
  ["runs on an older platform", { platformVersion: "1.3.0" }, "fail"],
  ["runs on a newer platform", { platformVersion: "1.10.0" }, "pass"],
  ["runs on a platform that nobody understands", { platformVersion: "next" }, "unknown"],
  ["has stopped, whatever it ran on", { lastStatus: "STOPPED", kmsKeyArn: null }, "notApplicable"],
  [
    "runs Windows, where there is no such key",
    { platformFamily: "Windows_Server_2022_Core", kmsKeyArn: null },
    "notApplicable",
  ],
];

describe("verifyTask", () => {
  for (const [title, change, verdict] of CASES)
    it(`says ${verdict} of a task that ${title}`, () => {
      assert.equal(verifyTask({ task: { ...keyed, ...change }, targetKeyArn: KEY, asOf }).verdict, verdict);
    });

  it("fails a keyed task of a cluster that has no key any more", () => {
    assert.equal(verifyTask({ task: keyed, targetKeyArn: null, asOf }).verdict, "fail");
  });

  it("carries what the verdict rests on", () => {
    const { taskArn, kmsKeyArn, startedBy, asOf: when } = verifyTask({ task: keyed, targetKeyArn: KEY, asOf });
    assert.deepEqual([taskArn, kmsKeyArn, startedBy, when], [keyed.arn, KEY, keyed.startedBy, asOf]);
  });
});
