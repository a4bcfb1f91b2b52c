import assert from "node:assert/strict";
import { toClusterSeen } from "../../../migrate/adapters/aws/to-cluster-seen";
import { toKeyMetadata } from "../../../migrate/adapters/aws/to-key-metadata";
import {
  toServiceDeploymentRecord,
  toServiceRevisionRecord,
} from "../../../migrate/adapters/aws/to-service-deployment-record";
import { toServiceRecord } from "../../../migrate/adapters/aws/to-service-record";
import { toTaskDefinitionRecord } from "../../../migrate/adapters/aws/to-task-definition-record";
import { toTaskRecord } from "../../../migrate/adapters/aws/to-task-record";

const AS_OF = "2026-06-01T08:00:00.000Z";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("a task from the wire", () => {
  it("has no key when its ephemeral storage names only a size", () => {
    const record = toTaskRecord({ fargateEphemeralStorage: { sizeInGiB: 20 } });
    assert.equal(record.kmsKeyArn, null);
    assert.equal(record.ephemeralStorageGib, 20);
  });

  it("shows its key, its subnet and the digests of its images", () => {
    const record = toTaskRecord({
      fargateEphemeralStorage: { sizeInGiB: 20, kmsKeyId: KEY },
      attachments: [
        { type: "ServiceConnect", details: [] },
        {
          type: "ElasticNetworkInterface",
          details: [
            { name: "networkInterfaceId", value: "eni-1" },
            { name: "subnetId", value: "subnet-0a" },
          ],
        },
      ],
      containers: [{ name: "app", imageDigest: "sha256:aa" }, { name: "pending" }],
      cpu: "256",
      memory: "512",
    });
    assert.equal(record.kmsKeyArn, KEY);
    assert.equal(record.subnet, "subnet-0a");
    assert.deepEqual(record.imageDigests, { app: "sha256:aa" });
    assert.deepEqual([record.cpuUnits, record.memoryMib], [256, 512]);
  });

  it("is read although AWS left everything out or sent an impossible date", () => {
    const record = toTaskRecord({ createdAt: new Date(Number.NaN) });
    assert.equal(record.createdAt, null);
    assert.equal(record.platformVersion, null);
    assert.equal(record.lastStatus, "");
  });
});

describe("a service from the wire", () => {
  it("gets the documented defaults for what AWS left out", () => {
    const record = toServiceRecord({ serviceName: "api", schedulingStrategy: "REPLICA" });
    assert.equal(record.controller, "ECS");
    assert.equal(record.strategy, "ROLLING");
    assert.deepEqual([record.minimumHealthyPercent, record.maximumPercent], [100, 200]);
    assert.equal(record.launchType, null);
    assert.equal(record.resourceManagementType, "CUSTOMER");
  });

  it("takes a blank service deployment for none", () => {
    assert.equal(toServiceRecord({ currentServiceDeployment: "" }).currentServiceDeployment, null);
  });

  it("counts only the hooks that wait for a person", () => {
    const lifecycleHooks = [{ targetType: "PAUSE" as const }, { targetType: "AWS_LAMBDA" as const }, {}];
    assert.equal(toServiceRecord({ deploymentConfiguration: { lifecycleHooks } }).pauseHooks, 1);
  });

  it("shows the key of each deployment and task set", () => {
    const record = toServiceRecord({
      deployments: [
        { id: "a", fargateEphemeralStorage: { kmsKeyId: KEY } },
        { id: "b", fargateEphemeralStorage: {} },
      ],
      taskSets: [{ id: "c", fargateEphemeralStorage: { kmsKeyId: KEY } }],
    });
    assert.deepEqual(
      record.deployments.map(({ kmsKeyArn }) => kmsKeyArn),
      [KEY, null],
    );
    assert.equal(record.taskSets[0]?.kmsKeyArn, KEY);
  });

  it("names the volumes that each task of a deployment gets for itself", () => {
    const volumeConfigurations = [{ name: "scratch", managedEBSVolume: { roleArn: "r" } }, { name: "other" }];
    const { deployments } = toServiceRecord({ deployments: [{ volumeConfigurations }, {}] });
    assert.deepEqual(
      deployments.map(({ ebsVolumes }) => ebsVolumes),
      [["scratch"], []],
    );
  });

  it("keeps its five newest events, newest first", () => {
    const events = [3, 7, 1, 6, 2, 5, 4].map((day) => ({
      createdAt: new Date(Date.UTC(2026, 0, day)),
      message: `${day}`,
    }));
    assert.deepEqual(
      toServiceRecord({ events }).events.map(({ message }) => message),
      ["7", "6", "5", "4", "3"],
    );
  });

  it("names both target groups of a blue/green service, each once", () => {
    const blueGreen = { targetGroupArn: "tg-a", advancedConfiguration: { alternateTargetGroupArn: "tg-b" } };
    const record = toServiceRecord({
      loadBalancers: [blueGreen, { targetGroupArn: "tg-a" }, { loadBalancerName: "old" }],
    });
    assert.deepEqual(record.targetGroupArns, ["tg-a", "tg-b"]);
  });
});

describe("a cluster from the wire", () => {
  it("has no key when AWS showed its configurations and there was none", () => {
    const { configuration } = toClusterSeen({ cluster: {}, asOf: AS_OF, showsConfiguration: true });
    assert.deepEqual(configuration, {
      kind: "known",
      asOf: AS_OF,
      value: { fargateEphemeralStorageKmsKeyArn: null, managedStorageKmsKeyArn: null, whole: {} },
    });
  });

  it("has an unknown configuration when the reply would not show it", () => {
    const { configuration } = toClusterSeen({ cluster: {}, asOf: AS_OF, showsConfiguration: false });
    assert.equal(configuration.kind, "unknown");
  });

  it("keeps the whole configuration beside the keys in it", () => {
    const configuration = {
      executeCommandConfiguration: { logging: "DEFAULT" as const },
      managedStorageConfiguration: { kmsKeyId: "ebs", fargateEphemeralStorageKmsKeyId: KEY },
    };
    const seen = toClusterSeen({ cluster: { configuration }, asOf: AS_OF, showsConfiguration: true });
    assert.equal(seen.configuration.kind, "known");
    assert.deepEqual(seen.configuration.kind === "known" && seen.configuration.value, {
      fargateEphemeralStorageKmsKeyArn: KEY,
      managedStorageKmsKeyArn: "ebs",
      whole: configuration,
    });
  });

  it("reads its statistics as numbers and drops what is none", () => {
    const statistics = [
      { name: "runningFargateTasksCount", value: "12" },
      { name: "odd", value: "many" },
    ];
    assert.deepEqual(toClusterSeen({ cluster: { statistics }, asOf: AS_OF, showsConfiguration: true }).statistics, {
      runningFargateTasksCount: 12,
    });
  });
});

describe("a task definition from the wire", () => {
  it("holds the names of secrets and no value of a variable, a command or a label", () => {
    const record = toTaskDefinitionRecord({
      containerDefinitions: [
        {
          name: "app",
          image: "registry/app:1",
          environment: [{ name: "PASSWORD", value: "hunter2-environment" }],
          command: ["--token", "hunter2-command"],
          dockerLabels: { secret: "hunter2-label" },
          secrets: [{ name: "DB", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db" }],
          repositoryCredentials: { credentialsParameter: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:pull" },
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/ecs/app" },
            secretOptions: [{ name: "token", valueFrom: "/logs/token" }],
          },
        },
      ],
    });
    assert.doesNotMatch(JSON.stringify(record), /hunter2/);
    assert.deepEqual(record.containers[0]?.secretArns, [
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db",
      "/logs/token",
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:pull",
    ]);
    assert.equal(record.containers[0]?.logGroup, "/ecs/app");
    assert.equal(record.containers[0]?.essential, true);
  });

  for (const [cpu, memory, units, mib] of [
    ["256", "512", 256, 512],
    ["1 vCPU", "2 GB", 1024, 2048],
    [".5 vcpu", "1GB", 512, 1024],
    ["plenty", undefined, null, null],
  ] as const) {
    it(`reads cpu ${cpu} and memory ${memory} as ${units} units and ${mib} MiB`, () => {
      const record = toTaskDefinitionRecord({ cpu, memory });
      assert.deepEqual([record.cpuUnits, record.memoryMib], [units, mib]);
    });
  }

  it("says of a file system whether a container may write to it, and of no other volume", () => {
    const { efsVolumes, volumeNames } = toTaskDefinitionRecord({
      volumes: [
        { name: "uploads", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
        { name: "themes", efsVolumeConfiguration: { fileSystemId: "fs-2" } },
        { name: "idle", efsVolumeConfiguration: { fileSystemId: "fs-3" } },
        { name: "scratch" },
      ],
      containerDefinitions: [
        { mountPoints: [{ sourceVolume: "themes", readOnly: true }] },
        { mountPoints: [{ sourceVolume: "uploads" }, { sourceVolume: "themes", readOnly: true }] },
      ],
    });
    assert.deepEqual(volumeNames, ["uploads", "themes", "idle", "scratch"]);
    assert.deepEqual(efsVolumes, [
      { name: "uploads", fileSystemId: "fs-1", writable: true },
      { name: "themes", fileSystemId: "fs-2", writable: false },
      { name: "idle", fileSystemId: "fs-3", writable: false },
    ]);
  });

  it("names the Region of its logs only when it is another than its own, and whether a start makes the log group", () => {
    const logging = (options: Record<string, string>) =>
      toTaskDefinitionRecord({
        taskDefinitionArn: "arn:aws:ecs:eu-west-1:111122223333:task-definition/api:7",
        executionRoleArn: "arn:aws:iam::111122223333:role/start",
        containerDefinitions: [{ logConfiguration: { logDriver: "awslogs", options } }],
      });
    const here = logging({ "awslogs-group": "/api", "awslogs-region": "eu-west-1", "awslogs-create-group": "true" });
    const { logGroup, logRegion, createsLogGroup } = here.containers[0] ?? assert.fail("it has no container");
    assert.deepEqual([logGroup, logRegion, createsLogGroup], ["/api", null, true]);
    assert.equal(here.executionRoleArn, "arn:aws:iam::111122223333:role/start");
    const there = logging({ "awslogs-group": "/api", "awslogs-region": "eu-north-1" });
    assert.deepEqual([there.containers[0]?.logRegion, there.containers[0]?.createsLogGroup], ["eu-north-1", false]);
  });

  it("takes the bare name of a registry's password for a secret's, not for a parameter's", () => {
    const { containers } = toTaskDefinitionRecord({
      taskDefinitionArn: "arn:aws:ecs:eu-west-1:111122223333:task-definition/api:7",
      containerDefinitions: [
        { secrets: [{ name: "A", valueFrom: "hub" }], repositoryCredentials: { credentialsParameter: "hub" } },
      ],
    });
    const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:hub";
    assert.deepEqual(containers[0]?.secretArns, ["hub", secret]);
  });

  it("is Linux unless it says otherwise", () => {
    assert.equal(toTaskDefinitionRecord({}).operatingSystemFamily, "LINUX");
  });
});

describe("a service deployment from the wire", () => {
  it("does not take an uncounted failure for none", () => {
    assert.equal(toServiceDeploymentRecord({}).failedTasks, null);
    assert.equal(toServiceDeploymentRecord({ deploymentCircuitBreaker: { failureCount: 0 } }).failedTasks, 0);
    const nobodyCounts = { status: "DISABLED", failureCount: 0, threshold: 0 } as const;
    assert.equal(toServiceDeploymentRecord({ deploymentCircuitBreaker: nobodyCounts }).failedTasks, null);
  });

  it("counts the running tasks of all that it replaces", () => {
    const sourceServiceRevisions = [{ runningTaskCount: 2 }, { arn: "revision" }, { runningTaskCount: 1 }];
    assert.equal(toServiceDeploymentRecord({ sourceServiceRevisions }).oldRunningTasks, 3);
  });

  it("has ended when it was stopped", () => {
    const stoppedAt = new Date(AS_OF);
    assert.equal(toServiceDeploymentRecord({ stoppedAt, status: "STOPPED" }).finishedAt, AS_OF);
  });

  it("has not begun when AWS tells no status", () => {
    assert.equal(toServiceDeploymentRecord({}).status, "PENDING");
  });

  it("shows the key that its revision captured", () => {
    assert.equal(toServiceRevisionRecord({ fargateEphemeralStorage: { kmsKeyId: KEY } }).kmsKeyArn, KEY);
    assert.equal(toServiceRevisionRecord({}).kmsKeyArn, null);
  });
});

describe("a key from the wire", () => {
  it("is multi-Region by its id when AWS does not say", () => {
    assert.equal(toKeyMetadata({ KeyId: "mrk-1234abcd12ab34cd56ef1234567890ab" }).multiRegion, true);
    assert.equal(toKeyMetadata({ KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab" }).multiRegion, false);
  });

  it("is never enabled by silence", () => {
    assert.equal(toKeyMetadata({ KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab" }).keyState, "");
  });
});
