// A subnet and its free addresses: each task takes one from its launch until it has stopped.

export interface Subnet {
  readonly id: string;
  readonly vpcId: string | null;
  readonly availabilityZone: string | null;
  readonly cidrBlock: string | null;
  /** Null when nobody could read it: then it never runs short. */
  freeAddresses: number | null;
  /** A neighbour holds all addresses until this instant. */
  fullUntilMs: number;
}

export function hasRoom(subnet: Subnet, nowMs: number): boolean {
  return nowMs >= subnet.fullUntilMs && (subnet.freeAddresses === null || subnet.freeAddresses > 0);
}

export function takeAddress(subnet: Subnet): void {
  if (subnet.freeAddresses !== null) subnet.freeAddresses -= 1;
}

export function returnAddress(subnet: Subnet): void {
  if (subnet.freeAddresses !== null) subnet.freeAddresses += 1;
}
