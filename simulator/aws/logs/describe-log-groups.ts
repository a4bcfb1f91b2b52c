// DescribeLogGroups. Source: CloudWatch Logs API reference (documented: sorted by name, 50 a page, prefix or pattern and not
// both, what a listing by pattern shows, which classes a class stands for). Linked accounts are not modelled.
// Invariant: a token names the last group shown, so groups made or gone between two pages neither repeat nor hide others.

import type { DescribeLogGroupsRequest, LogGroup as SdkLogGroup } from "@aws-sdk/client-cloudwatch-logs";
import { invalidParameter } from "../../world/aws-error";
import type { LogGroup } from "../../world/log-group";
import { type Context, withoutUndefined } from "../operation";
import { limitOf } from "../pagination";

const PAGE = { standard: 50, most: 50 };

export function describeLogGroups({ lane }: Context, input: DescribeLogGroupsRequest) {
  requireModelled(input);
  const after = input.nextToken === undefined ? "" : nameIn(input.nextToken, questionOf(input));
  const rest = [...lane.logGroups.values()]
    .filter((logGroup) => isWanted(logGroup, input) && logGroup.name > after)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const page = rest.slice(0, limitOf(input.limit, PAGE));
  const last = page.at(-1);
  const view = input.logGroupNamePattern === undefined ? fullView : briefView;
  return {
    logGroups: page.map(view),
    nextToken: last === undefined || page.length === rest.length ? undefined : tokenAfter(last, questionOf(input)),
  };
}

function requireModelled(input: DescribeLogGroupsRequest): void {
  if (input.logGroupNamePrefix !== undefined && input.logGroupNamePattern !== undefined) {
    throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  if (input.includeLinkedAccounts === true || input.accountIdentifiers !== undefined) {
    throw invalidParameter("The simulator does not model linked accounts in DescribeLogGroups.");
  }
}

function isWanted(logGroup: LogGroup, input: DescribeLogGroupsRequest): boolean {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers } = input;
  return (
    logGroup.name.startsWith(logGroupNamePrefix ?? "") &&
    logGroup.name.includes(logGroupNamePattern ?? "") &&
    (logGroupClass === undefined || classesOf(logGroupClass).includes(logGroup.logGroupClass)) &&
    (logGroupIdentifiers === undefined ||
      logGroupIdentifiers.some((identifier) => [logGroup.name, logGroup.arn].includes(identifier)))
  );
}

/** Asking for either of the two cheaper classes gives both. */
function classesOf(asked: string): readonly string[] {
  const cheaper = ["INFREQUENT_ACCESS", "ESSENTIALS"];
  return cheaper.includes(asked) ? cheaper : [asked];
}

function fullView(logGroup: LogGroup): SdkLogGroup {
  return withoutUndefined({
    ...briefView(logGroup),
    logGroupArn: logGroup.arn,
    logGroupClass: logGroup.logGroupClass as NonNullable<SdkLogGroup["logGroupClass"]>,
    retentionInDays: logGroup.retentionDays ?? undefined,
    kmsKeyId: logGroup.kmsKeyArn ?? undefined,
    metricFilterCount: 0,
    storedBytes: 0,
    deletionProtectionEnabled: logGroup.deletionProtected,
  });
}

/** All that a listing by pattern shows. */
function briefView({ name, arn, createdAtMs }: LogGroup): SdkLogGroup {
  return { logGroupName: name, arn: `${arn}:*`, creationTime: createdAtMs };
}

function questionOf(input: DescribeLogGroupsRequest): string {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers } = input;
  return JSON.stringify([logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers]);
}

function tokenAfter({ name }: LogGroup, question: string): string {
  return Buffer.from(`${name} ${question}`, "utf8").toString("base64url");
}

/** Names hold no space, so the first one ends the name. */
function nameIn(token: string, question: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  const gap = text.indexOf(" ");
  if (gap < 1 || text.slice(gap + 1) !== question) throw invalidParameter("The specified nextToken is invalid.");
  return text.slice(0, gap);
}
