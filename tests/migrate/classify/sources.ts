// Where the behaviour that a class rests on is known from, and how well: documented (the page), reported (by users) or inferred (by
// us from what is documented). A house rule is a decision of this tool.

export const SOURCE = {
  keyReach: "documented: developer guide, fargate-create-storage-key, a key reaches new service deployments",
  keyShown: "documented: API reference, Task, Deployment and TaskSet, fargateEphemeralStorage.kmsKeyId",
  keyNames: "documented: KMS developer guide, key identifiers",
  laterTasks: "inferred: a later scale-out starts tasks of the present deployment",
  platform: "documented: developer guide, platform versions of Fargate, and fargate-create-storage-key, 1.4.0 or later",
  latest:
    "documented: API reference, Service.platformVersion; that LATEST over an older deployment is no pin is reported",
  providers: "documented: API reference, Service.launchType, left out where a capacity provider strategy is used",
  rollout: "documented: API reference, Deployment.rolloutState and status",
  deleted: "documented: API reference, DeleteService, status DRAINING",
  preempts: "documented: developer guide, service deployments, a new one stops the one under way",
  draining: "documented: developer guide, task lifecycle, desiredStatus STOPPED",
  percents: "documented: API reference, DeploymentConfiguration, how percents are rounded",
  rebalancing: "reported: ECS refuses maximumPercent 100 beside availability zone rebalancing",
  kept: "documented: API reference, UpdateService, deploymentConfiguration is sent whole",
  hooks: "documented: API reference, ContinueServiceDeployment, which a PAUSE hook waits for",
  events:
    "documented: API reference, Service.runningCount and events; that a forced deployment would not help is inferred",
  inactive: "documented: API reference, DeregisterTaskDefinition; that a bare forced deployment fails too is inferred",
  codeDeploy:
    "documented: API reference, UpdateService by deployment controller; the refusal of a forced deployment is reported",
  external: "documented: API reference, CreateTaskSet; that such a service shows launchType EC2 is reported",
  express: "documented: API reference, UpdateExpressGatewayService; what UpdateService does to one is not known",
  windows: "documented: developer guide, fargate-create-storage-key, no Windows",
  batch:
    "documented: AWS Batch user guide, managed compute environments; the beginning of their clusters' names is reported",
  runTask: "documented: developer guide, standalone tasks; that the next launch takes the key is inferred",
  excluded: "house rule: the tag fargate-cmk:skip",
  unseen: "house rule: what was not seen never counts as fine",
  order: "house rule: the order of questions",
} as const;
