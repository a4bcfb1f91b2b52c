// What is stopped is ours alone, and what of ours goes on failing is stopped.
// Reads the world (who made which deployment, how its tasks fared, how many ran) and the calls.

import type { Life } from "../stage/live";
import type { DeploymentLife, TaskLife } from "../stage/world-history";
import { couldLook } from "./could-look";
import { isReceived, knownAsOurs, namedIn, updatesIn } from "./witnessed-sendings";

/** A service deployment is stopped only when it was made by a call of ours whose reply arrived. */
export function strangersStopped(life: Life): readonly string[] {
  const stops = life.calls.filter(({ operation }) => operation === "StopServiceDeployment");
  return stops.flatMap((call) => {
    const arn = String(call.input.serviceDeploymentArn);
    if (makerOf(life, arn) !== "us") return [`StopServiceDeployment of ${arn}, which somebody else began`];
    const replies = updatesIn(life).filter(
      (sent) => life.calls.indexOf(sent) < life.calls.indexOf(call) && isReceived(sent),
    );
    const isNamed = replies.some((sent) => namedIn(life, sent)?.serviceDeploymentArn === arn);
    return isNamed ? [] : [`StopServiceDeployment of ${arn}, which no reply to us named`];
  });
}

/** Who made the first deployment that it had; what a rollback of it made came later. */
function makerOf({ history }: Life, serviceDeploymentArn: string): DeploymentLife["by"] | null {
  const made = [...history.deployments.values()].filter((one) => one.serviceDeploymentArn === serviceDeploymentArn);
  const [first] = made.toSorted((a, b) => a.startedMs - b.startedMs);
  return first?.by ?? null;
}

const FAILURES_BORNE = 3;
/** From when it could be seen that it fails, through a look every 60 s at the slowest, a read as late as may be and a stop. */
const STOPPED_WITHIN_MS = 120_000;

/** Spans in which a deployment known to be ours rolled and hurt its service, longer than it takes to stop it. */
export function leftFailing(life: Life): readonly string[] {
  const breakers = new Set(
    life.fleet.services.filter(({ circuitBreaker }) => circuitBreaker.enable).map(({ arn }) => arn),
  );
  return knownAsOurs(life).flatMap((ours) => {
    const failing = breakers.has(ours.serviceArn) ? [] : failedSpans(life, ours, FAILURES_BORNE);
    const below = failedSpans(life, ours, 1).flatMap((span) => belowMinimumWithin(life, ours, span));
    return [
      ...failing
        .filter((span) => isBorneTooLong(life, ours, span))
        .map((span) => toldOf(ours, span, "goes on failing")),
      ...below
        .filter((span) => isBorneTooLong(life, ours, span))
        .map((span) => toldOf(ours, span, "keeps its service below its minimum")),
    ];
  });
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function isBorneTooLong(life: Life, { serviceDeploymentArn }: DeploymentLife, { fromMs, toMs }: Span): boolean {
  const latestMs = fromMs + STOPPED_WITHIN_MS;
  if (toMs <= latestMs || !couldLook(life, fromMs, latestMs)) return false;
  return !life.calls.some(
    ({ operation, input, atMs }) =>
      operation === "StopServiceDeployment" && input.serviceDeploymentArn === serviceDeploymentArn && atMs <= latestMs,
  );
}

function toldOf({ id, serviceArn }: DeploymentLife, { fromMs }: Span, what: string): string {
  return `${id} of ${serviceArn}, which is ours, ${what} from ${new Date(fromMs).toISOString()} on, and was not stopped`;
}

/** When it rolled with at least so many failures in a row, and no deployment of others beside it. */
function failedSpans(life: Life, ours: DeploymentLife, least: number): readonly Span[] {
  const { rolling, failedInRow } = ours;
  const overMs = Math.min(
    ...[...life.history.deployments.values()]
      .filter((other) => other.serviceArn === ours.serviceArn && other.startedMs > ours.startedMs)
      .map(({ startedMs }) => startedMs),
    life.endedMs,
  );
  const bad = failedInRow.flatMap(({ fromMs, count }, index) =>
    count < least ? [] : [{ fromMs, toMs: failedInRow[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY }],
  );
  return joined(bad).flatMap((span) =>
    rolling.flatMap(({ fromMs, toMs }) => {
      const both = {
        fromMs: Math.max(span.fromMs, fromMs),
        toMs: Math.min(span.toMs, toMs ?? Number.POSITIVE_INFINITY, overMs),
      };
      return both.toMs > both.fromMs ? [both] : [];
    }),
  );
}

function joined(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last?.toMs === span.fromMs) all[all.length - 1] = { fromMs: last.fromMs, toMs: span.toMs };
    else all.push(span);
  }
  return all;
}

/** The parts of a span in which fewer tasks ran than the service's minimum, rounded up, of its count of that time. */
function belowMinimumWithin(life: Life, { serviceArn }: DeploymentLife, { fromMs, toMs }: Span): readonly Span[] {
  const { history, fleet, endedMs } = life;
  const percent = fleet.services.find(({ arn }) => arn === serviceArn)?.minimumHealthyPercent ?? 0;
  const tasks = [...history.tasks.values()].filter((task) => task.serviceArn === serviceArn);
  const moments = history.services.get(serviceArn) ?? [];
  const changes = [
    ...tasks.flatMap(({ runningMs, drainedMs }) => [runningMs ?? fromMs, drainedMs ?? fromMs]),
    ...moments.map((moment) => moment.fromMs),
  ];
  const cuts = [fromMs, ...new Set(changes.filter((atMs) => atMs > fromMs && atMs < toMs).toSorted((a, b) => a - b))];
  const spans = cuts.map((atMs, index) => ({ fromMs: atMs, toMs: cuts[index + 1] ?? Math.min(toMs, endedMs) }));
  return joined(
    spans.filter((span) => {
      const moment = moments.findLast((one) => one.fromMs <= span.fromMs);
      const minimum = Math.ceil(((moment?.desiredCount ?? 0) * percent) / 100);
      return tasks.filter((task) => runsAt(task, span.fromMs)).length < minimum;
    }),
  );
}

function runsAt({ runningMs, drainedMs, stoppedMs }: TaskLife, atMs: number): boolean {
  if (runningMs === null || runningMs > atMs) return false;
  return (drainedMs === null || drainedMs > atMs) && (stoppedMs === null || stoppedMs > atMs);
}
