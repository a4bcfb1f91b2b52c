// Every behaviour of AWS that the simulator models, where it is known from, and the test that holds the simulator to it.
// Invariants: only what is modelled stands here; `test` is the title of a test in tests/simulator/world; numbers are stable.

import { behavioursOfDeployments, behavioursOfReplacements } from "./behaviours-of-deployments";
import { behavioursOfKeys } from "./behaviours-of-keys";
import { behavioursOfStarts } from "./behaviours-of-starts";

/** How sure the behaviour is: read in an AWS source, told by a third party, or our inference. */
export type Standing = "documented" | "reported" | "inferred";

export interface Behaviour {
  /** Number, with a letter for a later neighbour: `18a`. */
  readonly number: string;
  readonly title: string;
  readonly standing: Standing;
  /** The AWS page or API reference entry, or who reports it. */
  readonly source: string;
  /** The title of the test, without its number. */
  readonly test: string;
}

const API = "Amazon ECS API reference";
const GUIDE = "Amazon ECS developer guide";
const LOGS = "Amazon CloudWatch Logs API reference";

export const behaviours: readonly Behaviour[] = [
  [
    "1",
    "DescribeClusters leaves `configuration` out unless asked with CONFIGURATIONS",
    "documented",
    `${API}, DescribeClusters`,
  ],
  [
    "2",
    "UpdateCluster with a configuration replaces it whole, without one leaves it (switch updateClusterMerge)",
    "inferred",
    `${API}, UpdateCluster, does not say`,
  ],
  [
    "3",
    "clusters take only enabled, symmetric, single-Region keys of their Region, by ARN or id, and echo the ARN",
    "documented",
    `${GUIDE}, fargate-create-storage-key; the echo is reported in aws/containers-roadmap#2372; texts are inferred`,
  ],
  [
    "4",
    "a changed key reaches new deployments only (switch keyCapture)",
    "documented",
    `${GUIDE}, fargate-create-storage-key; the launch announcement says "all new tasks"`,
  ],
  [
    "5",
    "an INACTIVE cluster stays visible for a while; an active name is returned or refused (switch createClusterOnActiveName)",
    "reported",
    `${API}, DeleteCluster and CreateCluster`,
  ],
  [
    "6",
    "forcing or changing what runs starts a deployment, every time; counts, percents and tags do not",
    "documented",
    `${API}, UpdateService`,
  ],
  [
    "7",
    "a new deployment makes the old one ACTIVE and stops the unfinished service deployment",
    "documented",
    `${GUIDE}, service-deployment`,
  ],
  [
    "8",
    "a rolling deployment keeps to its percents, and says so when they leave no way to move",
    "documented",
    `${API}, DeploymentConfiguration`,
  ],
  [
    "9",
    "scale-out and replacement use the key of the deployment they belong to",
    "inferred",
    `${GUIDE}, fargate-create-storage-key, with Deployment.fargateEphemeralStorage`,
  ],
  ...behavioursOfReplacements,
  [
    "10",
    "the circuit breaker trips at half of desired, from 3 to 200, and rolls back with the old revision's key",
    "documented",
    `${API}, DeploymentCircuitBreaker; the key after a rollback is inferred; the deployment id is reported both ways (switch rollbackDeployment)`,
  ],
  ...behavioursOfDeployments,
  [
    "14",
    "CODE_DEPLOY services refuse to be forced, EXTERNAL ones are moved by task sets",
    "documented",
    `${API}, UpdateService and CreateTaskSet; the text is reported`,
  ],
  [
    "15",
    "a protected old task keeps its deployment open until the protection ends",
    "documented",
    `${GUIDE}, task-scale-in-protection`,
  ],
  [
    "16",
    "at desired count 0 a deployment completes without a task, and later scale-out has its key",
    "inferred",
    `${API}, UpdateService`,
  ],
  [
    "17",
    "zone rebalancing refuses a maximumPercent of 100, and a strategy hides the launch type",
    "documented",
    `${API}, Service; the refusal is reported`,
  ],
  [
    "18",
    "a rolled-back service looks stable, on its last successful revision",
    "documented",
    `${GUIDE}, service-revision; botocore's services_stable waiter`,
  ],
  [
    "18a",
    "UpdateService and DescribeServices name the service deployment, at times blank at first",
    "reported",
    `${API}, Service.currentServiceDeployment; the blank is reported`,
  ],
  [
    "18b",
    "without a breaker failing tasks are relaunched for ever, and stopping works without rollback configured",
    "documented",
    `${GUIDE}, stop-service-deployment`,
  ],
  [
    "18c",
    "during a deployment scale-in is off and scale-out goes on, on both revisions",
    "documented",
    `${GUIDE}, service-auto-scaling, and the announcement of November 2025`,
  ],
  [
    "19",
    "tasks show size and key, a concrete platform version, their group and their deployment, and stay visible for an hour",
    "reported",
    `${API}, Task; the size without a key is reported`,
  ],
  [
    "19a",
    "a draining task leaves the default listing, yet runs on after the deployment is SUCCESSFUL",
    "reported",
    `${API}, ListTasks; that the drain turns the desired status is reported`,
  ],
  [
    "20",
    "a task starts only under an enabled key whose policy lets Fargate use it for that cluster",
    "documented",
    `${GUIDE}, fargate-managing-kms-key; the text of the failure is inferred`,
  ],
  [
    "21",
    "LATEST means 1.4.0 on Linux and 1.0.0 on Windows, retired versions cannot start, Windows takes no key (switch windowsTaskWithKey)",
    "documented",
    `${GUIDE}, platform-fargate and platform-versions-retired`,
  ],
  ...behavioursOfKeys,
  ...behavioursOfStarts,
  [
    "22",
    "launches wait for the account's launch rate, for capacity and for free addresses",
    "documented",
    `${GUIDE}, throttling, and service event messages`,
  ],
  [
    "22a",
    "a launch over the vCPU quota of its kind of capacity is refused, and a service tries again",
    "documented",
    `${GUIDE}, service event messages; RunTask's failure with that reason is reported; that vCPU is held until the task has stopped is inferred; it does not count for the circuit breaker here`,
  ],
  [
    "23",
    "each keyed volume holds one grant on its key until its task has stopped",
    "documented",
    `${GUIDE}, fargate-managing-kms-key`,
  ],
  [
    "25",
    "key states allow and refuse as KMS does, with a deletion window of 7 to 30 days",
    "documented",
    "AWS KMS developer guide, key-state",
  ],
  [
    "26",
    "pages and batches have AWS's sizes, and tokens are good for their question only",
    "documented",
    `${API}, list and describe operations`,
  ],
  [
    "27",
    "reads may lag behind writes, and a later read may show an older state",
    "documented",
    `${API}, eventual consistency; the bound is ours`,
  ],
  [
    "29",
    "service deployments exist only for deployments made in the simulator",
    "documented",
    `${API}, ListServiceDeployments (since 2024-10-25)`,
  ],
  [
    "31",
    "log groups have one name once, the documented retention values, and sorted pages",
    "documented",
    `${LOGS}, CreateLogGroup, PutRetentionPolicy, DescribeLogGroups; the events in them are not modelled`,
  ],
  [
    "32",
    "a log group takes only an enabled symmetric key whose policy lets CloudWatch Logs use it for this group",
    "documented",
    `${LOGS}, AssociateKmsKey, and its user guide, encrypt-log-data-kms; that the policy is met at once, and the text, are reported in hashicorp/terraform-provider-aws#29282`,
  ],
  [
    "33",
    "a key policy that would lock its caller out is refused, unless the caller bypasses the check",
    "documented",
    "AWS KMS API reference, CreateKey and PutKeyPolicy; callers have every IAM permission here",
  ],
  [
    "34",
    "a strategy names only capacity providers of its cluster, and one that tasks use cannot be taken away",
    "documented",
    `${API}, PutClusterCapacityProviders; the texts are inferred`,
  ],
  [
    "35",
    "a task definition for Fargate has CPU and memory of its own and the awsvpc network mode",
    "documented",
    `${API}, RegisterTaskDefinition; the texts are reported`,
  ],
  [
    "40",
    "alarms are described by name, type and state, composite ones only when asked for",
    "documented",
    "Amazon CloudWatch API reference, DescribeAlarms, PutMetricAlarm, SetAlarmState; alarms change when somebody sets them or a fault makes them fire; nothing evaluates them",
  ],
  [
    "41",
    "CloudWatch measures the vCPU that run on Fargate once a minute, On-Demand and Spot apart (switch usageOfNothing)",
    "documented",
    `${GUIDE}, monitoring-fargate-usage; every other metric has no points, and points come without delay`,
  ],
  [
    "42",
    "Service Quotas tells the quotas that have been applied, and knows no others",
    "documented",
    "Service Quotas API reference, GetServiceQuota and ListServiceQuotas; codes and names are reported",
  ],
  [
    "43",
    "Application Auto Scaling knows the bounds of services, and brings a service inside them when they are registered",
    "documented",
    "Application Auto Scaling API reference, RegisterScalableTarget; that the service must exist, and that its target goes with it (eagletmt/hako#69), are reported; policies are not modelled",
  ],
  [
    "44",
    "a trail keeps what its selectors say, is seen in every Region it records, and is changed at home only",
    "documented",
    "AWS CloudTrail API reference, DescribeTrails and PutEventSelectors; that its selectors are read by ARN from every Region is reported; whether events reach a trail, buckets and stopped logging are not modelled",
  ],
].map(([number = "", title = "", standing = "", source = ""]) => ({
  number,
  title,
  standing: standing as Standing,
  source,
  test: title,
}));
