// What each read of a scan asks about, and what stays open when it gets no answer.
// Invariant: `open` reads on as "… is not known".

export interface ReadWords {
  /** What is counted: singular and plural. */
  readonly things: readonly [one: string, many: string];
  /** Where it is a matter of single services, as a function of how many: "14 services". */
  readonly open: string | ((services: string) => string);
}

const CLUSTERS = ["cluster", "clusters"] as const;
const KEYS = ["key", "keys"] as const;
const READS = ["read", "reads"] as const;

/** By IAM action. */
export const READ_WORDS: Readonly<Record<string, ReadWords>> = {
  "ecs:DescribeClusters": { things: CLUSTERS, open: "which key they have, and so what becomes of their services," },
  "ecs:ListServices": { things: CLUSTERS, open: "which services are there, missing in this plan," },
  "ecs:DescribeServices": { things: CLUSTERS, open: "what runs there, and so what becomes of it," },
  "ecs:ListTasks": { things: CLUSTERS, open: "which tasks use a key there, and so what becomes of their services," },
  "ecs:DescribeTasks": {
    things: CLUSTERS,
    open: "which tasks use a key there, and so what becomes of their services,",
  },
  "ecs:DescribeTaskDefinition": {
    things: ["task definition", "task definitions"],
    open: "whether services with one of these can start, and so what becomes of them,",
  },
  "ecs:GetTaskProtection": {
    things: CLUSTERS,
    open: (services) => `whether tasks of ${services} are protected from being stopped`,
  },
  "ecr:BatchGetImage": {
    things: ["repository", "repositories"],
    open: (services) => `whether images of ${services} are still there`,
  },
  "secretsmanager:DescribeSecret": {
    things: ["secret", "secrets"],
    open: (services) => `whether secrets of ${services} exist`,
  },
  "secretsmanager:ListSecrets": { things: READS, open: (services) => `whether secrets of ${services} exist` },
  "ssm:DescribeParameters": { things: READS, open: (services) => `whether parameters of ${services} exist` },
  "logs:DescribeLogGroups": { things: READS, open: (services) => `whether log groups of ${services} exist` },
  "kms:DescribeKey": { things: KEYS, open: "whether these can be used" },
  "kms:GetKeyPolicy": { things: KEYS, open: "whether Fargate may use these" },
  "kms:GetKeyRotationStatus": { things: KEYS, open: "whether these rotate" },
  "ec2:DescribeSubnets": { things: ["subnet", "subnets"], open: "how many addresses are free there" },
  "cloudwatch:DescribeAlarms": { things: READS, open: "whether an alarm fires already" },
  "cloudwatch:GetMetricData": { things: READS, open: "how much vCPU is in use" },
  "servicequotas:GetServiceQuota": { things: READS, open: "how much vCPU the account may use" },
  "application-autoscaling:DescribeScalableTargets": { things: READS, open: "how far autoscaling may go" },
  "cloudtrail:DescribeTrails": { things: READS, open: "whether a trail records the use of the keys" },
  "cloudtrail:GetEventSelectors": { things: ["trail", "trails"], open: "whether these record the use of the keys" },
};
