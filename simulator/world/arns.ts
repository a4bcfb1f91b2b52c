// ARNs of one lane, written and read.
// Invariant: every ARN that the simulator writes is in the new format, with the cluster's name in it.

export interface ArnPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export function ecsArn(place: ArnPlace, resource: string): string {
  return `arn:${place.partition}:ecs:${place.region}:${place.account}:${resource}`;
}

export function kmsArn(place: ArnPlace, resource: string): string {
  return `arn:${place.partition}:kms:${place.region}:${place.account}:${resource}`;
}

export interface ParsedArn extends ArnPlace {
  readonly service: string;
  readonly resource: string;
}

/** Null when the text is not an ARN at all. */
export function parseArn(text: string): ParsedArn | null {
  const [prefix, partition, service, region, account, ...rest] = text.split(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || account === undefined) return null;
  return { partition, service, region, account, resource: rest.join(":") };
}
