// Who runs this: the account, what may be read, how long the credentials last; and whether an audit will find traces.
//
// Invariants
//   a read that a question of its own rests on wholly (DescribeKey, DescribeClusters) is not told a second time
//   that AWS knows no such key is no missing permission

import type { TrailRecord } from "../../../../domain/fleet-surroundings";
import { groupBy } from "../../group-by";
import type { PreflightFinding } from "../../model/preflight";
import { counted } from "../../words/counted";
import { expectedEndMs } from "../expected-end";
import type { PreflightFacts } from "../facts";
import { asked, fails, notApplicable, notSeen, type Question } from "../question";

export const CALLER: readonly Question[] = [
  {
    id: "caller-account",
    level: "stops",
    title: "the credentials are for the plan's account and Region",
    asks: "GetCallerIdentity and the Region in use name the lane of the plan",
    source: { page: "STS/latest/APIReference/API_GetCallerIdentity", standing: "documented" },
    subjects: ["caller", "callers"],
    ask({ plan, now, caller }) {
      const [wanted, here] = [plan.lane, now.lane];
      const pass = `${caller.principalArn} in ${here.region}`;
      if (wanted.account === here.account && wanted.region === here.region) return asked(pass, []);
      const reason = `is for ${here.account} in ${here.region}, the plan for ${wanted.account} in ${wanted.region}`;
      const remedy = "give the --profile, --role-arn and --region of the account that was scanned";
      return asked(pass, [fails(caller.principalArn, reason, remedy)]);
    },
  },
  {
    id: "caller-describe-key",
    level: "advises",
    title: "the caller may describe the keys",
    asks: "DescribeKey is not denied: without it what the keys are, and their state, is not known here nor during the run",
    source: { page: "kms/latest/APIReference/API_DescribeKey", standing: "documented" },
    subjects: ["key", "keys"],
    ask({ now, keys }) {
      if (keys.length === 0) return notApplicable("there is no key to describe");
      const denied = now.unread.filter(
        ({ operation, permission }) => operation === DESCRIBE_KEY && permission !== undefined,
      );
      const findings = denied.map(({ subject, why }) => fails(subject, why, `allow ${DESCRIBE_KEY} to who runs this`));
      return asked(`${DESCRIBE_KEY} is allowed`, findings);
    },
  },
  {
    id: "caller-reads",
    level: "advises",
    title: "everything that was asked could be read",
    asks: "no other read was denied (fail, by permission) or failed (unknown); what could not be read is unknown in other answers",
    source: { page: "fargate-cmk permissions preflight", standing: "ours" },
    subjects: ["permission", "permissions"],
    ask: (facts) => asked("every read was answered", [...deniedReads(facts), ...failedReads(facts)]),
  },
  {
    id: "credentials-outlast-run",
    level: "advises",
    title: "the credentials outlast the run",
    asks: "where the credentials name their end, it is after the run's expected one; a run whose credentials end pauses and goes on",
    source: { page: "IAM/latest/UserGuide/id_credentials_temp", standing: "documented" },
    subjects: ["caller", "callers"],
    ask(facts) {
      const { caller, nowMs } = facts;
      const { credentialsExpireAtMs: endMs, principalArn } = caller;
      if (endMs === null) return asked("they name no end", []);
      const left = `${minutes(endMs - nowMs)} left, ${minutes(facts.plan.totals.expectedMs)} expected`;
      const remedy =
        "sign in anew right before the run, or be at hand: it pauses when they end, and goes on with new ones";
      const findings =
        endMs < expectedEndMs(facts) ? [fails(principalArn, `${left}: they end before the run`, remedy)] : [];
      return asked(left, findings);
    },
  },
  {
    id: "trail-keeps-kms-events",
    level: "advises",
    title: "a trail keeps the keys' use",
    asks:
      "at least one CloudTrail trail of this Region keeps KMS events that write (CreateGrant); one that keeps those that read too " +
      "(GenerateDataKeyWithoutPlaintext) shows both calls of each task, and the reason says if none does",
    source: {
      page: "awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail",
      standing: "documented",
    },
    subjects: ["trail", "trails"],
    ask({ now: { trails, lane } }) {
      const subject = `trails of ${lane.region}`;
      if (trails.kind === "unknown") return asked("", [notSeen(subject, trails)]);
      return asked(trailReason(trails.value), trailFindings(subject, trails.value));
    },
  },
];

const DESCRIBE_KEY = "kms:DescribeKey";
/** Each has a question of its own. */
const TOLD_ELSEWHERE: readonly string[] = [DESCRIBE_KEY, "ecs:DescribeClusters"];

function deniedReads({ now }: PreflightFacts): readonly PreflightFinding[] {
  const denied = now.unread.flatMap(({ permission, operation, why }) =>
    permission === undefined || TOLD_ELSEWHERE.includes(operation) ? [] : [{ permission, why }],
  );
  return [...groupBy(denied, ({ permission }) => permission)].map(([permission, [first, ...others]]) => {
    const more = others.length === 0 ? "" : `, and so for ${counted(others.length, "other")}`;
    return fails(permission, `${first?.why ?? ""}${more}`, `allow ${permission} to who runs this`);
  });
}

function failedReads({ now, keysMissing }: PreflightFacts): readonly PreflightFinding[] {
  return now.unread
    .filter(({ permission, operation, subject }) => {
      return permission === undefined && !TOLD_ELSEWHERE.includes(operation) && !keysMissing.includes(subject);
    })
    .map(({ operation, subject, why }) => notSeen(`${operation} on ${subject}`, { why }));
}

function trailReason(trails: readonly TrailRecord[]): string {
  const keep = trails.filter(({ events }) => events.kind === "known" && events.value.kmsWrites);
  const both = keep.find(({ events }) => events.kind === "known" && events.value.kmsReads);
  if (both !== undefined) return `trail ${both.name} keeps them, reading calls too`;
  return `trail ${keep[0]?.name ?? ""} keeps grants; no trail keeps calls that read, so an audit will lack the data keys`;
}

function trailFindings(subject: string, trails: readonly TrailRecord[]): readonly PreflightFinding[] {
  if (trails.some(({ events }) => events.kind === "known" && events.value.kmsWrites)) return [];
  const unseen = trails.flatMap(({ arn, events }) => (events.kind === "unknown" ? [notSeen(arn, events)] : []));
  if (unseen.length > 0) return unseen;
  const reason =
    trails.length === 0
      ? "no trail records this Region"
      : "no trail keeps KMS events: they are excluded or not recorded";
  const remedy = "let a trail keep KMS management events; event history alone holds them for 90 days, and is no trail";
  return [fails(subject, reason, remedy)];
}

function minutes(ms: number): string {
  return counted(Math.max(0, Math.floor(ms / 60_000)), "minute");
}
