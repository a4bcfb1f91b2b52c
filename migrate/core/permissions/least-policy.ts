// The least IAM policy of a command: an identity-based policy document, limited as far as the account, Region, clusters and keys
// are known and IAM lets them be limited.
//
// Invariants
//   what is not named stays open (`*`), never guessed; the partition follows the Region
//   the same command and scope give the same document, whatever the order in which clusters and keys were named

import { partitionOf } from "../../../domain/arn";
import { internalError } from "../../errors";
import { groupBy } from "../group-by";
import { PROBE_FAMILY } from "../probe/probe-launches";
import { COMMAND_OPERATIONS, type OperationUse } from "./command-operations";
import { IAM_ACTIONS, type IamAction } from "./iam-actions";

export interface PolicyScope {
  readonly account: string | null;
  readonly region: string | null;
  /** Names; all clusters when empty. */
  readonly clusters: readonly string[];
  /** ARNs; all keys of the account and Region when empty. */
  readonly keys: readonly string[];
  /** Whether what only --probe calls is granted too; not when left out. */
  readonly probe?: boolean;
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

export function leastPolicy(commands: readonly string[], scope: PolicyScope): PolicyDocument {
  const granted = [...new Set(grantedUses(commands, scope).map(({ operation }) => operation))].toSorted();
  const groups = groupBy(granted, (operation) => iamActionOf(operation).sid);
  const statements = [...groups].map(([sid, actions]) => statementOf(sid, actions, scope));
  return { Version: "2012-10-17", Statement: statements.toSorted((a, b) => (a.Sid < b.Sid ? -1 : 1)) };
}

/** The uses of these commands that the policy grants. */
export function grantedUses(
  commands: readonly string[],
  { clusters, probe = false }: Pick<PolicyScope, "clusters" | "probe">,
): readonly OperationUse[] {
  const needs: readonly OperationUse["need"][] = [
    "always",
    ...(clusters.length === 0 ? (["all-clusters"] as const) : []),
    ...(probe ? (["probe"] as const) : []),
  ];
  return commands.flatMap((command) => COMMAND_OPERATIONS[command] ?? []).filter(({ need }) => needs.includes(need));
}

/** @throws FargateCmkError `internal` for an operation that the registry of actions does not hold */
export function iamActionOf(operation: string): IamAction {
  const action = IAM_ACTIONS[operation];
  if (action === undefined) throw internalError(`nothing says how IAM limits ${operation}`);
  return action;
}

function statementOf(sid: string, actions: readonly string[], scope: PolicyScope): PolicyStatement {
  const { kind } = iamActionOf(actions[0] ?? "");
  const resources = resourcesOf(kind, scope);
  const condition = conditionOf(kind, actions, scope);
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources.length === 1 ? (resources[0] ?? "*") : resources,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function resourcesOf(kind: IamAction["kind"], scope: PolicyScope): readonly string[] {
  const ecs = (rest: string) => inLane(scope, "ecs", rest);
  const inClusters = (type: string) =>
    ofClusters(scope).map((name) => ecs(name === "*" ? `${type}/*` : `${type}/${name}/*`));
  switch (kind) {
    case "any":
    case "in-cluster":
      return ["*"];
    case "cluster":
      return ofClusters(scope).map((name) => ecs(`cluster/${name}`));
    case "service":
      // Not by the cluster in the ARN: one of the old format lacks it. The condition ecs:cluster does that.
      return [ecs("service/*")];
    case "task":
      return [ecs("task/*")];
    case "deployment":
      return [...inClusters("service"), ...inClusters("service-deployment")];
    case "revision":
      return [...inClusters("service"), ...inClusters("service-revision")];
    case "key":
      return scope.keys.length > 0 ? sorted(scope.keys) : [inLane(scope, "kms", "key/*")];
    case "repository":
      return [inLane(scope, "ecr", "repository/*")];
    case "secret":
      return [inLane(scope, "secretsmanager", "secret:*")];
    case "log-group":
      return [inLane(scope, "logs", "log-group:*")];
    case "trail":
      return [`arn:${partition(scope)}:cloudtrail:*:*:trail/*`];
    case "probe-definition":
      return [ecs(`task-definition/${PROBE_FAMILY}:*`)];
    case "task-role":
      return [`arn:${partition(scope)}:iam::${scope.account ?? "*"}:role/*`];
  }
}

function inLane(scope: PolicyScope, service: string, rest: string): string {
  return `arn:${partition(scope)}:${service}:${scope.region ?? "*"}:${scope.account ?? "*"}:${rest}`;
}

function conditionOf(
  kind: IamAction["kind"],
  actions: readonly string[],
  scope: PolicyScope,
): NonNullable<PolicyStatement["Condition"]> {
  const byCluster = BY_CLUSTER.includes(kind);
  const byRegion = (kind === "any" || kind === "in-cluster") && scope.region !== null;
  const byKey = actions.includes("ecs:UpdateCluster") && scope.keys.length > 0;
  const strings = {
    ...(byRegion ? { "aws:RequestedRegion": scope.region ?? "" } : {}),
    ...(kind === "task-role" ? { "iam:PassedToService": "ecs-tasks.amazonaws.com" } : {}),
    ...(byKey ? { "ecs:fargate-ephemeral-storage-kms-key": oneOrMany(scope.keys) } : {}),
  };
  return {
    ...(byCluster && scope.clusters.length > 0
      ? { ArnEquals: { "ecs:cluster": oneOrMany(resourcesOf("cluster", scope)) } }
      : {}),
    ...(Object.keys(strings).length > 0 ? { StringEquals: strings } : {}),
  };
}

/** What the condition ecs:cluster limits. */
const BY_CLUSTER: readonly IamAction["kind"][] = ["in-cluster", "service", "task", "probe-definition"];

function ofClusters({ clusters }: PolicyScope): readonly string[] {
  return clusters.length === 0 ? ["*"] : sorted(clusters);
}

function partition({ region }: PolicyScope): string {
  return region === null ? "aws" : partitionOf(region);
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const all = sorted(values);
  return all.length === 1 ? (all[0] ?? "") : all;
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}
