// What one JSON value of an output is made of, told by its members and never by the name of its file.
//
// Invariants
//   whole replies, bare lists (`--query services`), single items (`--query 'services[0]'`) and bare ARNs are taken alike
//   an empty reply is recognised too: it holds nothing, which is something else than being none of ours
//   nothing is read deeper than a reply nests

import { isRecord, type Raw } from "./raw";

export type PieceKind =
  | "cluster"
  | "service"
  | "task"
  | "task-definition"
  | "service-deployment"
  | "service-revision"
  | "key"
  | "key-policy"
  | "subnet"
  | "identity";

export type Piece =
  | { readonly kind: PieceKind; readonly value: Raw }
  /** An ARN alone: it says that the thing is there, and nothing else. */
  | { readonly kind: "listed"; readonly arn: string };

export interface Recognition {
  readonly pieces: readonly Piece[];
  readonly isKnown: boolean;
}

export function recognise(value: unknown, depth = 0): Recognition {
  if (typeof value === "string") return listed(value);
  if (depth > DEPTH_MAX) return UNKNOWN;
  if (Array.isArray(value)) return together(value.map((item) => recognise(item, depth + 1)));
  if (!isRecord(value) || isOurs(value)) return UNKNOWN;
  const kind = kindOf(value);
  if (kind !== null) return { pieces: [{ kind, value }], isKnown: true };
  if (typeof value.KeyArn === "string") return listed(value.KeyArn);
  return together(Object.entries(REPLIES).flatMap(([member, of]) => inReply(value[member], of, depth)));
}

/** A fleet or plan beside the outputs holds clusters and services too, but not as AWS shows them. */
export function isOurs({ schema }: Raw): boolean {
  return typeof schema === "string" && schema.startsWith("fargate-cmk/");
}

/** Deep enough for `--query 'clusters[].[x, y]'` and the like. */
const DEPTH_MAX = 4;
const UNKNOWN: Recognition = { pieces: [], isKnown: false };

/** The members of replies and what they hold; null where the items are recognised one by one. */
const REPLIES: Readonly<Record<string, PieceKind | null>> = {
  clusters: "cluster",
  cluster: "cluster",
  services: "service",
  service: "service",
  tasks: "task",
  taskDefinition: "task-definition",
  serviceDeployments: "service-deployment",
  serviceRevisions: "service-revision",
  KeyMetadata: "key",
  Subnets: "subnet",
  clusterArns: null,
  serviceArns: null,
  taskArns: null,
  taskDefinitionArns: null,
  Keys: null,
};

function inReply(member: unknown, kind: PieceKind | null, depth: number): readonly Recognition[] {
  if (member === undefined) return [];
  if (Array.isArray(member) && member.length === 0) return [{ pieces: [], isKnown: true }];
  const items = Array.isArray(member) ? member : [member];
  return items.map((item) => {
    const recognised = recognise(item, depth + 1);
    // In its reply a thing is what it is, even without the members that tell it elsewhere; a map of that name is none of ours.
    if (recognised.isKnown || kind === null || !isRecord(item) || (!Array.isArray(member) && !hasIdentity(item)))
      return recognised;
    return { pieces: [{ kind, value: item }], isKnown: true };
  });
}

function hasIdentity(item: Raw): boolean {
  return Object.keys(item).some((member) => /(Arn|Id)$/.test(member));
}

function together(parts: readonly Recognition[]): Recognition {
  return { pieces: parts.flatMap(({ pieces }) => pieces), isKnown: parts.some(({ isKnown }) => isKnown) };
}

function listed(text: string): Recognition {
  return LISTED.test(text) ? { pieces: [{ kind: "listed", arn: text }], isKnown: true } : UNKNOWN;
}

const LISTED = /^arn:aws[a-z0-9-]*:(ecs|kms):[^\s]+$/;

interface Tell {
  readonly kind: PieceKind;
  /** Members that all must be there, texts or not. */
  readonly all: readonly string[];
  readonly some?: readonly string[];
}

/** From the one that names most to the one that names least: a service names its cluster too. */
const TELLS: readonly Tell[] = [
  { kind: "service-deployment", all: ["serviceDeploymentArn"] },
  { kind: "service-revision", all: ["serviceRevisionArn"] },
  { kind: "task", all: ["taskArn"], some: ["clusterArn", "lastStatus"] },
  { kind: "service", all: ["serviceArn"], some: ["serviceName", "deployments"] },
  { kind: "task-definition", all: ["taskDefinitionArn"], some: ["containerDefinitions", "family"] },
  { kind: "cluster", all: ["clusterArn", "clusterName"] },
  { kind: "key", all: ["KeyId"], some: ["Arn", "KeyState", "KeyManager"] },
  { kind: "subnet", all: ["SubnetId"], some: ["VpcId", "CidrBlock", "AvailableIpAddressCount"] },
  { kind: "identity", all: ["Account", "Arn", "UserId"] },
  { kind: "key-policy", all: ["Statement"] },
  { kind: "key-policy", all: ["Policy"] },
];

function kindOf(value: Raw): PieceKind | null {
  const has = (member: string): boolean => value[member] !== undefined && value[member] !== null;
  const tell = TELLS.find(({ all, some }) => all.every(has) && (some === undefined || some.some(has)));
  return tell?.kind ?? null;
}
