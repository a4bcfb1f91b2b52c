// Which AWS operations each command calls, what for, and what goes unseen without them: the one place that says so.
// Invariant: a test runs every command on the simulator and demands that this names exactly what was really called.

/** Whether the least policy of a command grants an operation. */
export type Need =
  | "always"
  /** Only when clusters are not named with --cluster. */
  | "all-clusters"
  /** Only with --probe, which alone makes a preflight change something. */
  | "probe"
  /** Never granted: it only helps after a mistake, and is done without when denied. */
  | "spare"
  /** Never granted: AWS asks for no permission (STS API reference, GetCallerIdentity, documented). */
  | "free";

export interface OperationUse {
  /** As IAM calls it: `ecs:DescribeTasks`. */
  readonly operation: string;
  readonly need: Need;
  /** What the command does with it: a sentence without a full stop. */
  readonly purpose: string;
  /** What happens when it is denied. */
  readonly without: string;
}

const PAUSES = "the run pauses: what is on its way cannot be followed";

/** By command; a command that makes no call to AWS has an empty list. */
export const COMMAND_OPERATIONS: Readonly<Record<string, readonly OperationUse[]>> = {
  demo: [],
  scan: [...identity(), listClusters(), ...presentState("not planned"), ...around()],
  preflight: [...identity(), ...presentState("not answered"), ...around(), ...probing()],
  plan: [],
  // It begins with the preflight's questions.
  run: [...identity(), ...watching(), ...around(), ...acting()],
  status: [],
  pause: [],
  resume: [],
  approve: [],
  abort: [],
  verify: [...identity(), listClusters(), ...presentState("not proved")],
  report: [],
  attach: attaching(),
  "check-key-policy": [],
  permissions: [],
  simulate: [],
};

/** Every command takes --role-arn. It is who assumes the role that needs this, not the role; so it is in no policy here. */
export const ROLE_OPERATION: OperationUse = {
  operation: "sts:AssumeRole",
  need: "spare",
  purpose: "takes on the role of --role-arn: a permission of who calls, and of the role's trust policy",
  without: "the command ends before its first call",
};

function use(operation: string, purpose: string, without: string, need: Need = "always"): OperationUse {
  return { operation, need, purpose, without };
}

function identity(): readonly OperationUse[] {
  return [
    use(
      "sts:GetCallerIdentity",
      "finds out which account this is and who asks",
      "cannot be denied: AWS asks for no permission",
      "free",
    ),
  ];
}

function listClusters(): OperationUse {
  const without = "the command ends, unless --cluster names the clusters";
  return use("ecs:ListClusters", "finds the clusters, when none is named", without, "all-clusters");
}

function presentState(consequence: string): readonly OperationUse[] {
  const unseen = (what: string) => `${what} stay unseen, and what rests on them is ${consequence}`;
  return [
    use("ecs:DescribeClusters", "reads the key and the defaults of each cluster", unseen("keys of clusters")),
    use("ecs:ListServices", "finds the services of each cluster", unseen("services")),
    use("ecs:DescribeServices", "reads services, their deployments and tags", unseen("services")),
    use("ecs:ListTasks", "finds tasks, draining ones included", unseen("tasks")),
    use("ecs:DescribeTasks", "reads the key and the platform version of each task", unseen("tasks")),
  ];
}

function around(): readonly OperationUse[] {
  return [
    use(
      "ecs:DescribeTaskDefinition",
      "reads sizes, images, stop timeouts and whether a definition is INACTIVE",
      "services are classed unknown and not planned",
    ),
    use("kms:DescribeKey", "reads the state and kind of each key in use", "the key's state is unknown"),
    use("kms:GetKeyPolicy", "reads who may use and administer each key", "the key's policy is unknown"),
    use("kms:GetKeyRotationStatus", "reads whether each key rotates by itself", "the key's rotation is unknown"),
    use("ec2:DescribeSubnets", "reads how many addresses are free", "free addresses are unknown"),
    use(
      "ecs:GetTaskProtection",
      "reads which tasks are kept from being stopped",
      "a protected task is not seen before a deployment waits for it",
    ),
    ...whatStartsRead(),
    ...room(),
  ];
}

function whatStartsRead(): readonly OperationUse[] {
  const unseen = (what: string) => `a start that would fail for want of ${what} is not foreseen`;
  return [
    use(
      "ecr:BatchGetImage",
      "reads whether each image is still there, and what its tag names now; ECR may record it as a pull of the image",
      "a start that would fail, or would run another image, is not foreseen",
    ),
    use("secretsmanager:DescribeSecret", "reads whether each secret is there, never its value", unseen("a secret")),
    use("ssm:DescribeParameters", "reads whether each parameter is there, never its value", unseen("a parameter")),
    use("logs:DescribeLogGroups", "reads whether each log group is there", unseen("a log group")),
  ];
}

function room(): readonly OperationUse[] {
  return [
    use(
      "cloudwatch:DescribeAlarms",
      "reads the alarms that deployments watch",
      "an alarm that fires already, and would roll a deployment back, is not seen",
    ),
    use(
      "application-autoscaling:DescribeScalableTargets",
      "reads how far autoscaling may move desired counts",
      "the room that autoscaling may take is unknown",
    ),
    use("servicequotas:GetServiceQuota", "reads how many vCPU may run on Fargate", "the limit of vCPU is unknown"),
    use("cloudwatch:GetMetricData", "reads how many vCPU run on Fargate", "the vCPU in use are unknown"),
    use("cloudtrail:DescribeTrails", "reads which trails record this Region", "the trails are unknown"),
    use(
      "cloudtrail:GetEventSelectors",
      "reads whether a trail keeps the events of KMS",
      "whether the use of the key is recorded is unknown",
    ),
  ];
}

function watching(): readonly OperationUse[] {
  return [
    use(
      "ecs:DescribeClusters",
      "looks at the cluster's key before each batch, and at the end",
      "the run pauses: nothing is redeployed unseen",
    ),
    use("ecs:ListServices", "looks at the whole lane at the end", "the run ends unproved"),
    use(
      "ecs:DescribeServices",
      "looks at a service right before it is redeployed, and while it rolls",
      "the run pauses: nothing is redeployed unseen",
    ),
    use(
      "ecs:ListServiceDeployments",
      "finds unfinished deployments, and its own one after a lost answer",
      "the run pauses: a team's deployment could be pre-empted",
    ),
    use("ecs:DescribeServiceDeployments", "follows its deployments to their end", PAUSES),
    use("ecs:DescribeServiceRevisions", "reads the key that a deployment captured", PAUSES),
    use("ecs:ListTasks", "finds new, old and failed tasks of a service", PAUSES),
    use("ecs:DescribeTasks", "reads the key of each task, and why one failed to start", PAUSES),
  ];
}

function acting(): readonly OperationUse[] {
  return [
    use(
      "ecs:UpdateService",
      "forces the new deployment, and raises a platform version that takes no key",
      "the run pauses at the first service, or sets a single one aside",
    ),
    use(
      "ecs:StopServiceDeployment",
      "rolls back a deployment of its own that keeps failing, where no circuit breaker does",
      "a failing deployment goes on failing until a person stops it",
    ),
  ];
}

function probing(): readonly OperationUse[] {
  const unanswered = "the probe is not launched, and its question is not answered";
  return [
    use("ecs:RegisterTaskDefinition", "registers what the probe's task is made from", unanswered, "probe"),
    use(
      "iam:PassRole",
      "hands the probe's task the execution role of a planned service, to pull its image",
      unanswered,
      "probe",
    ),
    use("ecs:RunTask", "launches one task of the probe's own in each cluster", unanswered, "probe"),
    use("ecs:StopTask", "stops that task once it has shown the key", "the task is left, and ends by itself", "probe"),
    use(
      "ecs:DeregisterTaskDefinition",
      "takes away what was registered",
      "a task definition is left, and the preflight names it",
      "probe",
    ),
  ];
}

function attaching(): readonly OperationUse[] {
  return [
    use(
      "ecs:ListClusters",
      "offers names like the one given, when there is no such cluster",
      "no names are offered",
      "spare",
    ),
    use(
      "ecs:DescribeClusters",
      "reads the whole configuration, which UpdateCluster may replace whole, and reads it back",
      "the command refuses: something else could be lost",
    ),
    use("ecs:ListServices", "finds who deploys there and so meets the key next", "the answer does not name them"),
    use("ecs:DescribeServices", "tells the services on Fargate from the others", "the answer does not name them"),
    use(
      "kms:DescribeKey",
      "checks that Fargate can take the key; ECS asks the same with the caller's permissions",
      "the command refuses, and so would ECS",
    ),
    use("kms:GetKeyPolicy", "checks that the key's policy lets Fargate in", "the policy goes unchecked"),
    use("ecs:UpdateCluster", "attaches the key", "nothing is attached; --dry-run does without"),
  ];
}
