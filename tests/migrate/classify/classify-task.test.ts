import assert from "node:assert/strict";
import { unknown } from "../../../domain/fact";
import type { ClusterRecord, TaskRecord } from "../../../domain/fleet";
import { classifyTask } from "../../../migrate/core/classify/classify-task";
import type { ServiceClass } from "../../../migrate/core/model/service-class";
import { payCluster } from "../fleets/service-case";
import { SOURCE } from "./sources";

const FLEET = payCluster().standaloneTask("backup").standaloneTask("report", { keyed: true }).build();
const [CLUSTER] = FLEET.clusters;
const [PLAIN, KEYED] = FLEET.tasks;

interface Case {
  readonly title: string;
  readonly source: string;
  readonly task?: Partial<TaskRecord>;
  readonly cluster?: Partial<ClusterRecord>;
  readonly keyed?: true;
  readonly class: ServiceClass;
  readonly reason: string;
}

const CASES: readonly Case[] = [
  {
    title: "a running task without the key",
    source: SOURCE.runTask,
    task: { startedBy: "nightly-rule" },
    class: "standalone-task",
    reason: "a task of no service that nightly-rule started, without key ",
  },
  { title: "a task on the key", source: SOURCE.keyShown, keyed: true, class: "current", reason: "it uses key" },
  {
    title: "a task on an old platform that shows the key",
    source: SOURCE.platform,
    keyed: true,
    task: { platformVersion: "1.3.0" },
    class: "standalone-task",
    reason: "on platform version 1.3.0",
  },
  {
    title: "a task that is stopping",
    source: SOURCE.draining,
    task: { desiredStatus: "STOPPED" },
    class: "in-flight",
    reason: "it is stopping",
  },
  {
    title: "a task that starts",
    source: SOURCE.draining,
    task: { lastStatus: "PENDING" },
    class: "in-flight",
    reason: "it is PENDING",
  },
  {
    title: "a task on EC2",
    source: SOURCE.providers,
    task: { launchType: "EC2", platformVersion: null },
    class: "not-fargate",
    reason: "does not run on Fargate (EC2)",
  },
  {
    title: "a Windows task",
    source: SOURCE.windows,
    task: { platformFamily: "Windows_Server_2022_Core", platformVersion: "1.0.0" },
    class: "windows",
    reason: "runs Windows_Server_2022_Core",
  },
  {
    title: "a task of AWS Batch",
    source: SOURCE.batch,
    cluster: { name: "AWSBatch-x" },
    class: "batch-managed",
    reason: "belongs to AWS Batch",
  },
  {
    title: "a task whose cluster was not seen",
    source: SOURCE.unseen,
    cluster: { configuration: unknown("denied", "ecs:DescribeClusters") },
    class: "unknown",
    reason: "the key of cluster pay could not be seen: denied",
  },
  {
    title: "a task of a service that the scan did not see, even on the key",
    source: SOURCE.unseen,
    keyed: true,
    task: { group: "service:ghost" },
    class: "unknown",
    reason: "it belongs to service ghost, which the scan did not see",
  },
];

describe("classifyTask", () => {
  for (const one of CASES) {
    it(`says ${one.class} of ${one.title} (${one.source})`, () => {
      const base = one.keyed ? KEYED : PLAIN;
      assert.ok(base && CLUSTER);
      const found = classifyTask({ task: { ...base, ...one.task }, cluster: { ...CLUSTER, ...one.cluster } });
      assert.equal(found.class, one.class);
      assert.ok(found.reason.includes(one.reason), found.reason);
    });
  }

  it("names the command that stops the task once its owner has launched it again", () => {
    assert.ok(PLAIN && CLUSTER);
    const { remedy } = classifyTask({ task: PLAIN, cluster: CLUSTER });
    assert.ok(remedy?.endsWith(`: aws ecs stop-task --cluster pay --task ${PLAIN.arn}`), remedy ?? "no remedy");
  });
});
