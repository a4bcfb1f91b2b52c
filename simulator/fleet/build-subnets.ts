// The fleet's subnets: those that were told, else two in different Availability Zones.

import { known } from "../../domain/fact";
import type { SubnetRecord } from "../../domain/fleet";
import type { FleetDraft, SubnetDraft } from "./drafts";
import { hexOf } from "./fleet-ids";

export function buildSubnets(draft: FleetDraft): readonly SubnetRecord[] {
  const told = [...draft.subnets.values()];
  const subnets = told.length > 0 ? told : ["a", "b"].map((zone) => usualSubnet(draft, zone));
  return subnets.map(({ id, freeAddresses, zone }, index) => ({
    id,
    vpcId: `vpc-${hexOf(`vpc ${draft.account} ${draft.region}`, 17)}`,
    availabilityZone: zone,
    cidrBlock: `10.0.${(index * 16) % 256}.0/20`,
    availableIpAddresses: known(freeAddresses, draft.at),
  }));
}

/** A /20 has 4,091 usable addresses; most of them are free here. */
function usualSubnet({ account, region }: FleetDraft, zone: string): SubnetDraft {
  const id = `subnet-${hexOf(`subnet ${account} ${region} ${zone}`, 17)}`;
  return { id, freeAddresses: 3_800, zone: `${region}${zone}` };
}
