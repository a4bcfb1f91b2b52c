// A key that Fargate cannot use stops the sending of services after it, within a minute of the first failed task of ours: no
// service is sent later only to fail on it too.
// Held only where nothing kept the program from looking: no faults of the API, no absence in that minute.

import type { Life } from "./live";

const NOTICED_WITHIN_MS = 60_000;

export function keyTroubleProblems(life: Life): readonly string[] {
  const { lines, history, story, plan, calls, processes } = life;
  if (story.faults.length > 0) return [];
  const endedAt = lines.find(
    ({ event }) => event.kind === "released" || (event.kind === "control" && event.request === "resume"),
  )?.at;
  const untilMs = endedAt === undefined ? life.endedMs : Date.parse(endedAt);
  const followed = new Set(lines.flatMap(({ event }) => deploymentFollowed(event)));
  const ofKeys = [...history.tasks.values()].filter(
    ({ stopCode, stoppedReason }) => stopCode === "TaskFailedToStart" && /KMS/.test(stoppedReason ?? ""),
  );
  const failures = ofKeys
    .filter(({ startedBy }) => startedBy !== null && followed.has(startedBy))
    .toSorted((a, b) => (a.drainedMs ?? 0) - (b.drainedMs ?? 0));
  const [first] = failures;
  if (first?.drainedMs == null || isSuperseded(life, first.serviceArn, first.drainedMs)) return [];
  const failedMs = first.drainedMs;
  const lateMs = failedMs + NOTICED_WITHIN_MS;
  if (!processes.some(({ beganMs, endedMs }) => beganMs <= failedMs && endedMs >= lateMs)) return [];
  const ofKey = new Set(plan.services.filter((one) => one.targetKeyArn === first.kmsKeyArn).map(({ arn }) => arn));
  return calls
    .filter(({ operation, input, atMs }) => {
      const isLate = atMs > lateMs && atMs < untilMs;
      const failedToo = ofKeys.some(({ serviceArn, bornMs }) => serviceArn === input.service && bornMs >= atMs);
      return operation === "UpdateService" && isLate && failedToo && ofKey.has(String(input.service));
    })
    .map(
      ({ input, atMs }) =>
        `${input.service} was redeployed ${atMs - failedMs} ms after ${first.arn} could not use its key`,
    );
}

/** What somebody deployed over is theirs to watch. */
function isSuperseded({ lines }: Life, serviceArn: string | null, atMs: number): boolean {
  return lines.some(
    ({ event, at }) =>
      "service" in event &&
      event.service === serviceArn &&
      event.kind === "superseded" &&
      Date.parse(at) <= atMs + 60_000,
  );
}

function deploymentFollowed(event: Life["lines"][number]["event"]): readonly string[] {
  if (event.kind === "redeploy-answered" && event.answer.kind === "started") return [event.answer.deploymentId];
  return [];
}
