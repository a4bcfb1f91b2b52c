// The wire shape of a subnet, mapped to ours.

import type { Subnet } from "@aws-sdk/client-ec2";
import { known, unknown } from "../../../domain/fact";
import type { SubnetRecord } from "../../../domain/fleet";
import { textOrNull } from "./wire-values";

export function toSubnetRecord(subnet: Subnet, asOf: string): SubnetRecord {
  const { AvailableIpAddressCount: free } = subnet;
  return {
    id: subnet.SubnetId ?? "",
    vpcId: textOrNull(subnet.VpcId),
    availabilityZone: textOrNull(subnet.AvailabilityZone),
    cidrBlock: textOrNull(subnet.CidrBlock),
    availableIpAddresses: free === undefined ? unknown("the reply held no count of free addresses") : known(free, asOf),
  };
}
