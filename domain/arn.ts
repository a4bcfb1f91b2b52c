// Amazon Resource Names of every partition: the six parts, and nothing about any one service.
//
// Invariants
//   formatArn(parseArn(text)) === text for every text that parses
//   what is odd but readable (AWS's own samples are) parses, and says so in `odd`

import { type Problem, problem } from "./problem";

export interface Arn {
  readonly kind: "arn";
  /** aws, aws-cn, aws-us-gov, aws-iso, … */
  readonly partition: string;
  readonly service: string;
  /** Empty for global resources, such as IAM's. */
  readonly region: string;
  /** 12 digits in real life; empty where a service leaves it out. */
  readonly account: string;
  /** All that follows the fifth colon, colons included. */
  readonly resource: string;
  readonly odd: readonly string[];
}

/** The parts of an ARN, or why the text is none. Never throws. */
export function parseArn(text: string): Arn | Problem {
  const parts = text.split(":");
  const [prefix, partition = "", service = "", region = "", account = "", ...rest] = parts;
  const resource = rest.join(":");
  if (prefix !== "arn" || parts.length < 6) {
    return problem("not an ARN", text, "give arn:partition:service:region:account:resource");
  }
  if (!PARTITION.test(partition)) {
    return problem("an ARN of no known kind of partition", text, "a partition is aws, or begins with aws-");
  }
  if (service === "" || resource === "" || /\s/.test(text)) {
    return problem("an ARN with an empty or blank part", text, "give arn:partition:service:region:account:resource");
  }
  return { kind: "arn", partition, service, region, account, resource, odd: oddAccount(account) };
}

export function formatArn(arn: Omit<Arn, "kind" | "odd">): string {
  return ["arn", arn.partition, arn.service, arn.region, arn.account, arn.resource].join(":");
}

/** The telling end of an ARN: a task's id, a key's id, a name, `family:revision`; a bare name or id is its own end. */
export function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

/** The partition that a Region belongs to, by the Region's prefix (documented in the AWS General Reference). */
export function partitionOf(region: string): string {
  const found = PARTITION_BY_PREFIX.find(([prefix]) => region.startsWith(prefix));
  return found === undefined ? "aws" : found[1];
}

const PARTITION = /^aws(-[a-z0-9]+)*$/;

const PARTITION_BY_PREFIX: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["us-iso-", "aws-iso"],
  ["eu-isoe-", "aws-iso-e"],
  ["eusc-", "aws-eusc"],
];

function oddAccount(account: string): readonly string[] {
  return account === "" || /^\d{12}$/.test(account) ? [] : [`account ${account} is not 12 digits`];
}
