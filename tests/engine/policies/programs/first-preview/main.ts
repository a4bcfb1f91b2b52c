// Clusters, keys and services that do not exist yet: what a policy pack can know of them is what it can know before the first update.
// Invariant: names say what is right or wrong with a resource; the table in policies.engine.ts says what is to be reported.

import { LogGroup } from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as kms from "@pulumi/aws/kms";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { ADMINISTRATION, fargateStatements, policyOf } from "../parts";

const FAR_REGION = "us-east-1";
const ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** A team's own component. */
class Team extends pulumi.ComponentResource {
  constructor(name: string) {
    super("team:index:Team", name);
    new ecs.Cluster("none-in-a-component", {}, { parent: this });
    this.registerOutputs({});
  }
}

function on(key: pulumi.Input<string>) {
  return { configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key } } };
}

const policy = policyOf(ADMINISTRATION, ...fargateStatements(null));
const rotating = new kms.Key("rotating", { policy, enableKeyRotation: true });
const still = new kms.Key("still", { policy });
const multiRegion = new kms.Key("multi-region", { policy, enableKeyRotation: true, multiRegion: true });
const far = new kms.Key("far", { policy, enableKeyRotation: true, region: FAR_REGION });
const byDefault = new kms.Key("by-default", { enableKeyRotation: true });
const alias = new kms.Alias("alias", { name: "alias/fargate", targetKeyId: rotating.keyId });
/** Known only after the update, and made from nothing that is a key. */
const elsewhere = new LogGroup("elsewhere").arn;

new ecs.Cluster("key-of-the-stack", on(rotating.arn));
new ecs.Cluster("key-of-the-stack-still", on(still.arn));
new ecs.Cluster("key-of-the-stack-multi-region", on(multiRegion.arn));
new ecs.Cluster("key-of-the-stack-far", on(far.arn));
new ecs.Cluster("key-of-the-stack-by-default", on(byDefault.arn));
new ecs.Cluster("key-behind-an-alias", on(alias.targetKeyArn));
new ecs.Cluster("key-from-elsewhere", on(elsewhere));
new ecs.Cluster("configuration-from-elsewhere", { configuration: elsewhere.apply(() => on(ARN).configuration) });
new ecs.Cluster("key-known", on(ARN));
new ecs.Cluster("key-known-secret", on(pulumi.secret(ARN)));
new ecs.Cluster("key-known-far-by-argument", { ...on(ARN), region: FAR_REGION });
new ecs.Cluster("key-known-far-by-provider", on(ARN), { provider: new Provider("far", { region: FAR_REGION }) });
new ecs.Cluster("key-alias", on("alias/fargate"));
new ecs.Cluster("key-bare-id", on("1234abcd-12ab-34cd-56ef-1234567890ab"));

new ecs.Cluster("none");
new ecs.Cluster("none-empty", on(""));
new ecs.Cluster("none-blank", on("  "));
new ecs.Cluster("none-empty-storage", { configuration: { managedStorageConfiguration: {} } });
new ecs.Cluster("none-only-volumes", { configuration: { managedStorageConfiguration: { kmsKeyId: rotating.arn } } });
new ecs.Cluster("none-after-transform", on(ARN), { transformations: [withoutConfiguration] });
new Team("team");
new ecs.Cluster("waived");
new ecs.Cluster("exempt");

const linux = taskDefinition("linux");
const windows = taskDefinition("windows", { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" });
service("latest", { launchType: "FARGATE", platformVersion: "LATEST" });
service("unpinned", {});
service("retired", { launchType: "FARGATE", platformVersion: "1.3.0" });
service("retired-spot", {
  capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }],
  platformVersion: "1.3.0",
});
service("retired-by-cluster", { platformVersion: "1.3.0" });
service("retired-blank-before", { launchType: "FARGATE", platformVersion: " 1.3.0" });
service("two-numbers", { launchType: "FARGATE", platformVersion: "1.4" });
service("lower-case", { launchType: "FARGATE", platformVersion: "latest" });
service("pin-from-elsewhere", { launchType: "FARGATE", platformVersion: elsewhere.apply(() => "1.4.0") });
service("first-on-linux", { launchType: "FARGATE", platformVersion: "1.0.0" });
service("first-on-windows", { launchType: "FARGATE", platformVersion: "1.0.0", taskDefinition: windows.arn });
service("first-on-what", { launchType: "FARGATE", platformVersion: "1.0.0", taskDefinition: "other:7" });
service("on-ec2", { launchType: "EC2" });
new ecs.TaskSet("retired-task-set", {
  service: "orders",
  cluster: "orders",
  taskDefinition: linux.arn,
  launchType: "FARGATE",
  platformVersion: "1.3.0",
});

function withoutConfiguration({ opts }: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult {
  return { props: {}, opts };
}

function taskDefinition(
  family: string,
  runtimePlatform: pulumi.Unwrap<ecs.TaskDefinitionArgs["runtimePlatform"]> = {},
) {
  return new ecs.TaskDefinition(family, {
    family,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "1024",
    memory: "2048",
    runtimePlatform,
    containerDefinitions: JSON.stringify([{ name: "main", image: "nginx", essential: true }]),
  });
}

function service(name: string, args: Partial<ecs.ServiceArgs>) {
  const networkConfiguration = { subnets: ["subnet-0a1b2c3d"] };
  new ecs.Service(name, { taskDefinition: linux.arn, desiredCount: 1, networkConfiguration, ...args });
}
