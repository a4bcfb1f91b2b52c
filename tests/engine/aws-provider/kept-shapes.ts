// What the types that are only kept look like from outside: how their ids begin, where their ARNs lead, and what else programs
// read of them. A type that is not here gets an ARN made of its token, which is enough where nobody looks into it.

import type { PropertyMap } from "./property-values";

export interface KeptIdentity {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Of the URN, 17 hex digits. */
  readonly hash: string;
  readonly name: string;
}

export interface KeptShape {
  readonly id: string;
  readonly arn: string;
  /** Outputs besides `arn` and `name`; unknown in the preview of a creation. */
  readonly outputs: PropertyMap;
}

type Shape = (of: KeptIdentity) => KeptShape;

export function keptShape(token: string, of: KeptIdentity): KeptShape {
  return (SHAPES[token] ?? standardShape(token))(of);
}

const SHAPES: Readonly<Record<string, Shape>> = {
  "aws:cfg/rule:Rule": named("config", "config-rule/"),
  "aws:cloudwatch/eventRule:EventRule": named("events", "rule/"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": named("cloudwatch", "alarm:"),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
  "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway"),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table"),
  "aws:ec2/securityGroup:SecurityGroup": ec2("sg", "security-group"),
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet"),
  "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", ({ hash }) => ({
    defaultNetworkAclId: `acl-${hash}`,
    defaultRouteTableId: `rtb-${hash}`,
    defaultSecurityGroupId: `sg-${hash}`,
    mainRouteTableId: `rtb-${hash}`,
  })),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint", ({ hash, region }) => ({
    dnsEntries: [{ dnsName: `vpce-${hash}.vpce.${region}.amazonaws.com`, hostedZoneId: "Z0" }],
    prefixListId: `pl-${hash}`,
    state: "available",
  })),
  "aws:efs/accessPoint:AccessPoint": numbered("fsap", "elasticfilesystem", "access-point"),
  "aws:efs/fileSystem:FileSystem": numbered("fs", "elasticfilesystem", "file-system", ({ hash, region }) => ({
    dnsName: `fs-${hash}.efs.${region}.amazonaws.com`,
  })),
  "aws:efs/mountTarget:MountTarget": numbered("fsmt", "elasticfilesystem", "mount-target"),
  "aws:iam/policy:Policy": byArn(({ partition, account, name }) => `arn:${partition}:iam::${account}:policy/${name}`),
  "aws:iam/role:Role": ({ partition, account, name, hash }) => ({
    id: name,
    arn: `arn:${partition}:iam::${account}:role/${name}`,
    outputs: { uniqueId: `AROA${hash.toUpperCase()}` },
  }),
  "aws:sns/topic:Topic": byArn(
    ({ partition, region, account, name }) => `arn:${partition}:sns:${region}:${account}:${name}`,
  ),
};

/** EC2's: the owner is told of each. */
function ec2(prefix: string, resource: string, outputs: (of: KeptIdentity) => PropertyMap = () => ({})): Shape {
  return numbered(prefix, "ec2", resource, (of) => ({ ownerId: of.account, ...outputs(of) }));
}

/** An id of a prefix and digits, and an ARN that ends with it. */
function numbered(
  prefix: string,
  service: string,
  resource: string,
  outputs: (of: KeptIdentity) => PropertyMap = () => ({}),
): Shape {
  return (of) => {
    const id = `${prefix}-${of.hash}`;
    return { id, arn: regionalArn(of, service, `${resource}/${id}`), outputs: outputs(of) };
  };
}

/** The name is the id. */
function named(service: string, before: string): Shape {
  return (of) => ({ id: of.name, arn: regionalArn(of, service, `${before}${of.name}`), outputs: {} });
}

/** The ARN is the id. */
function byArn(arnOf: (of: KeptIdentity) => string): Shape {
  return (of) => ({ id: arnOf(of), arn: arnOf(of), outputs: {} });
}

/** IAM's ids are names and its ARNs are of no Region; everybody else's ids are digits. */
function standardShape(token: string): Shape {
  const [, module = "", kind = ""] = /^aws:([^/]+)\/([^:]+):/.exec(token) ?? [];
  return (of) => {
    const global = module === "iam";
    const place = global ? { ...of, region: "" } : of;
    return { id: global ? of.name : of.hash, arn: regionalArn(place, module, `${kind}/${of.name}`), outputs: {} };
  };
}

function regionalArn({ partition, region, account }: KeptIdentity, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
