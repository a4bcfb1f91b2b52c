// EC2: the subnets that tasks take their addresses from.
// Source: DescribeSubnets, EC2 API reference (documented). Only subnet ids can be asked for; other filters are refused.

import type { DescribeSubnetsRequest, Subnet as SdkSubnet } from "@aws-sdk/client-ec2";
import { AwsError } from "../../world/aws-error";
import type { Subnet } from "../../world/subnet";
import { type Context, type Operation, operation, withoutUndefined } from "../operation";

export const ec2Operations: Readonly<Record<string, Operation>> = {
  DescribeSubnets: operation(describeSubnets),
};

function describeSubnets({ lane, world }: Context, input: DescribeSubnetsRequest) {
  if ((input.Filters ?? []).length > 0) {
    throw new AwsError("InvalidParameterValue", "The simulator models DescribeSubnets without filters.");
  }
  const asked = input.SubnetIds ?? [...lane.subnets.keys()];
  return { Subnets: asked.map((id) => subnetView(world.nowMs, requireSubnet(lane.subnets.get(id), id))) };
}

function requireSubnet(subnet: Subnet | undefined, id: string): Subnet {
  if (subnet !== undefined) return subnet;
  throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${id}' does not exist`);
}

function subnetView(nowMs: number, subnet: Subnet): SdkSubnet {
  const free = nowMs < subnet.fullUntilMs ? 0 : (subnet.freeAddresses ?? undefined);
  return withoutUndefined({
    SubnetId: subnet.id,
    VpcId: subnet.vpcId ?? undefined,
    AvailabilityZone: subnet.availabilityZone ?? undefined,
    CidrBlock: subnet.cidrBlock ?? undefined,
    AvailableIpAddressCount: free,
    State: "available" as const,
  });
}
