// Private subnets in a VPC without a way to the internet, and the endpoints through which tasks reach AWS.

import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { account, allow, NAME, partition, policy, region, TAGS, zones } from "./settings";

const vpc = new ec2.Vpc(NAME, {
  cidrBlock: "10.20.0.0/16",
  enableDnsSupport: true,
  enableDnsHostnames: true,
  tags: TAGS,
});
const routes = new ec2.RouteTable(NAME, { vpcId: vpc.id, tags: TAGS });

export const subnets = zones.map((availabilityZone, index) => {
  const cidrBlock = `10.20.${index}.0/24`;
  return new ec2.Subnet(`${NAME}-${index}`, { vpcId: vpc.id, availabilityZone, cidrBlock, tags: TAGS });
});
const routed = subnets.map(
  ({ id }, index) => new ec2.RouteTableAssociation(`${NAME}-${index}`, { subnetId: id, routeTableId: routes.id }),
);

// ECR keeps the layers of images in a bucket of its own.
const layers = new ec2.VpcEndpoint("s3", {
  vpcId: vpc.id,
  vpcEndpointType: "Gateway",
  serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
  routeTableIds: [routes.id],
  policy: policy(
    allow("s3:GetObject", {
      Principal: "*",
      Resource: pulumi.interpolate`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
    }),
  ),
  tags: TAGS,
});

/** Tasks reach the endpoints, the layers of their images and the file system; nothing reaches them. */
export const taskGroup = new ec2.SecurityGroup(`${NAME}-tasks`, {
  vpcId: vpc.id,
  description: "Tasks of payments",
  egress: [
    { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.cidrBlock], prefixListIds: [layers.prefixListId] },
    { protocol: "tcp", fromPort: 2049, toPort: 2049, cidrBlocks: [vpc.cidrBlock] },
  ],
  tags: TAGS,
});

export const fileGroup = fromTasks("files", 2049);
const endpointGroup = fromTasks("endpoints", 443);

// Images, logs, sessions of ECS Exec and the key that encrypts them. Fargate needs none for ECS itself.
const interfaces = ["ecr.api", "ecr.dkr", "logs", "ssmmessages", "kms"].map(
  (service) =>
    new ec2.VpcEndpoint(service, {
      vpcId: vpc.id,
      vpcEndpointType: "Interface",
      serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
      subnetIds: subnets.map(({ id }) => id),
      securityGroupIds: [endpointGroup.id],
      privateDnsEnabled: true,
      // No data leaves with the credentials of another account.
      policy: policy(allow("*", { Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": account } } })),
      tags: TAGS,
    }),
);

/** What tasks need of the network to start. */
export const connections = [...routed, layers, ...interfaces];

function fromTasks(what: string, port: number): ec2.SecurityGroup {
  return new ec2.SecurityGroup(`${NAME}-${what}`, {
    vpcId: vpc.id,
    description: `From the tasks of payments to ${what}`,
    ingress: [{ protocol: "tcp", fromPort: port, toPort: port, securityGroups: [taskGroup.id] }],
    tags: TAGS,
  });
}
