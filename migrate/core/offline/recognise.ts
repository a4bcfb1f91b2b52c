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
  | "identity"
  | "rotation"
  | "protection"
  | "image"
  | "secret"
  | "parameter"
  | "log-group"
  | "alarm"
  | "scalable-target"
  | "quota"
  | "usage"
  | "trail"
  | "event-selectors";

export type Piece =
  | { readonly kind: PieceKind; readonly value: Raw }
  /** A reply that lists all things of a kind which there are: what it leaves out is not there. */
  | { readonly kind: "complete"; readonly of: PieceKind }
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
  const inside = Object.entries(REPLIES).flatMap(([member, of]) => inReply(value[member], of, depth));
  return together([...inside, ...completeKinds(value), ...missingImages(value)]);
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
  protectedTasks: "protection",
  images: "image",
  imageDetails: "image",
  SecretList: "secret",
  Parameters: "parameter",
  logGroups: "log-group",
  MetricAlarms: "alarm",
  CompositeAlarms: "alarm",
  ScalableTargets: "scalable-target",
  Quota: "quota",
  Quotas: "quota",
  MetricDataResults: "usage",
  trailList: "trail",
  clusterArns: null,
  serviceArns: null,
  taskArns: null,
  taskDefinitionArns: null,
  Keys: null,
};

/**
 * Whether a reply lists all that there is. Some calls do when their pages are joined, as the CLI joins them; of others only who
 * made the output knows, and the commands that this program shows say so in a member of their own.
 */
function completeKinds(value: Raw): readonly Recognition[] {
  const kinds = Object.entries(COMPLETE).flatMap(([member, of]) => {
    if (!Array.isArray(value[member])) return [];
    const isWhole = ALWAYS_WHOLE.includes(member) ? !hasMorePages(value) : value[ASKED_FOR] === "all";
    return isWhole ? [of] : [];
  });
  return kinds.length === 0 ? [] : [{ pieces: kinds.map((of) => ({ kind: "complete", of })), isKnown: true }];
}

/**
 * BatchGetImage says which images it did not find, but not in which repository: another image of the reply tells, or the member
 * that the shown command adds.
 */
function missingImages(value: Raw): readonly Recognition[] {
  const failures = (Array.isArray(value.failures) ? value.failures : []).filter(isRecord);
  const gone = failures.filter(({ imageId, failureCode }) => isRecord(imageId) && failureCode === "ImageNotFound");
  const repository = repositoryOf(value);
  if (gone.length === 0 || repository === null) return [];
  const pieces = gone.map((failure): Piece => ({ kind: "image", value: { ...repository, ...failure } }));
  return [{ pieces, isKnown: true }];
}

function repositoryOf({ images, [ASKED_FOR]: asked }: Raw): Raw | null {
  const [first] = (Array.isArray(images) ? images : []).filter(isRecord);
  if (typeof first?.registryId === "string" && typeof first.repositoryName === "string")
    return { registryId: first.registryId, repositoryName: first.repositoryName };
  const [, registryId, repositoryName] = /^(\d{12})\/(.+)$/.exec(String(asked)) ?? [];
  return registryId === undefined || repositoryName === undefined ? null : { registryId, repositoryName };
}

/** The member that a shown command adds to a list that nothing narrowed. */
export const ASKED_FOR = "askedFor";

const COMPLETE: Readonly<Record<string, PieceKind>> = {
  SecretList: "secret",
  Parameters: "parameter",
  logGroups: "log-group",
  MetricAlarms: "alarm",
  ScalableTargets: "scalable-target",
  trailList: "trail",
};

const ALWAYS_WHOLE: readonly string[] = ["ScalableTargets", "trailList"];

function hasMorePages({ NextToken, nextToken }: Raw): boolean {
  return [NextToken, nextToken].some((token) => typeof token === "string" && token !== "");
}

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
  { kind: "protection", all: ["taskArn", "protectionEnabled"] },
  { kind: "image", all: ["repositoryName", "registryId"], some: ["imageId", "imageDigest"] },
  { kind: "log-group", all: ["logGroupName"], some: ["arn", "creationTime", "logGroupArn"] },
  { kind: "alarm", all: ["AlarmName"], some: ["StateValue", "AlarmArn"] },
  { kind: "scalable-target", all: ["ResourceId", "ScalableDimension"], some: ["MinCapacity", "MaxCapacity"] },
  { kind: "quota", all: ["QuotaCode", "ServiceCode"], some: ["Value"] },
  { kind: "usage", all: ["Id", "Values"], some: ["Timestamps"] },
  { kind: "event-selectors", all: ["TrailARN"], some: ["EventSelectors", "AdvancedEventSelectors"] },
  { kind: "trail", all: ["TrailARN"], some: ["Name", "HomeRegion"] },
  { kind: "parameter", all: ["Name", "Type"], some: ["Tier", "Version", "DataType", "LastModifiedDate"] },
  { kind: "secret", all: ["ARN", "Name"] },
  { kind: "rotation", all: ["KeyId", "KeyRotationEnabled"] },
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
