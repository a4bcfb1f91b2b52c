// What looks wrong and is not: the mistakes that policies make, each with a resource that shows it.

import * as batch from "@pulumi/aws/batch";
import * as ecs from "@pulumi/aws/ecs";
import * as efs from "@pulumi/aws/efs";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";
import {
  ACCOUNT,
  configurationOn,
  keyedCluster,
  keyOf,
  REGION,
  SUBNETS,
  service,
  TAGS,
  taskDefinition,
} from "../parts";

const FAR_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const FAR_CLUSTER = `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/of-another-stack`;
const config = new pulumi.Config();

const cluster = keyedCluster("web");
const task = taskDefinition("web");
const on = { cluster, task };

// Platform versions: none, the newest by name, a newer one, and those that capacity providers choose.
service("without-version", on);
service("latest", on, { platformVersion: "LATEST" });
service("newer", on, { platformVersion: "1.10.0" });
const bySpot = { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }] };
const withoutType = (args: Partial<ecs.ServiceArgs>): ecs.ServiceArgs => ({
  cluster: cluster.arn,
  taskDefinition: task.arn,
  desiredCount: 0,
  forceNewDeployment: true,
  triggers: { key: keyOf(cluster) },
  networkConfiguration: { subnets: SUBNETS },
  tags: TAGS,
  ...args,
});
new ecs.Service("on-spot", withoutType({ name: "on-spot", ...bySpot }));
const defaults = new ecs.ClusterCapacityProviders("web", {
  clusterName: cluster.name,
  capacityProviders: ["FARGATE"],
  defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
});
new ecs.Service("by-default-strategy", withoutType({ name: "by-default-strategy", platformVersion: "1.4.0" }), {
  dependsOn: [defaults],
});

// 1.0.0 is what Windows runs on; its cluster is of another stack.
const windows = taskDefinition("windows", {
  runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE", cpuArchitecture: "X86_64" },
});
new ecs.Service(
  "windows",
  withoutType({
    name: "windows",
    cluster: FAR_CLUSTER,
    taskDefinition: windows.arn,
    launchType: "FARGATE",
    platformVersion: "1.0.0",
  }),
);

// A service that leaves launches to its task sets.
const external = new ecs.Service("external", {
  name: "external",
  cluster: cluster.arn,
  deploymentController: { type: "EXTERNAL" },
  desiredCount: 0,
  tags: TAGS,
});
new ecs.TaskSet("external-blue", {
  service: external.id,
  cluster: cluster.arn,
  taskDefinition: task.arn,
  launchType: "FARGATE",
  networkConfiguration: { subnets: SUBNETS },
  tags: TAGS,
});

// Keys and clusters of other stacks, and a cluster that runs on instances only.
new ecs.Cluster("key-of-another-stack", {
  name: "key-of-another-stack",
  configuration: configurationOn(pulumi.secret(config.get("key") ?? FAR_KEY)),
  tags: TAGS,
});
const instances = new ecs.Cluster("on-instances", { name: "on-instances", tags: TAGS });
new ecs.Service("on-instances", {
  name: "on-instances",
  cluster: instances.arn,
  taskDefinition: taskDefinition("instances", { requiresCompatibilities: ["EC2"], networkMode: "bridge" }).arn,
  launchType: "EC2",
  desiredCount: 0,
  tags: TAGS,
});

// Texts where a program of another language has numbers and booleans.
new efs.FileSystem("encrypted-by-text", { encrypted: text("true"), kmsKeyId: FAR_KEY });

// JSON that calls nothing by its value, nests it, or is none.
new sfn.StateMachine(
  "jsonata",
  machine("jsonata", {
    QueryLanguage: "JSONata",
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        ItemProcessor: {
          StartAt: "Run",
          States: {
            Run: {
              Type: "Task",
              Resource: "arn:aws:states:::ecs:runTask.sync",
              Arguments: {
                Cluster: FAR_CLUSTER,
                TaskDefinition: "web",
                LaunchType: "FARGATE",
                PlatformVersion: "LATEST",
              },
              End: true,
            },
          },
        },
        End: true,
      },
    },
  }),
);
new sfn.StateMachine("no-json", {
  name: "no-json",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/states`,
  definition: "{ StartAt: ",
});
new batch.JobDefinition("no-json", {
  name: "no-json",
  type: "container",
  platformCapabilities: ["FARGATE"],
  containerProperties: "{ image: nginx",
});

function machine(name: string, definition: object): sfn.StateMachineArgs {
  return { name, roleArn: `arn:aws:iam::${ACCOUNT}:role/states`, definition: JSON.stringify(definition) };
}

function text(value: string): boolean {
  return (config.get("flag") ?? value) as unknown as boolean;
}
