// What the calls alone tell of redeployments that were sent: to which service, and what whoever sent them could know of the end.

import type { Life } from "../stage/live";
import type { WitnessedCall } from "../stage/witnessed-simulation";
import type { DeploymentLife } from "../stage/world-history";

/** A request that is not answered by then is given up (the program's own time-out, said once more as a figure). */
const ANSWER_MAX_MS = 30_000;

export function updatesIn({ calls }: Life): readonly WitnessedCall[] {
  return calls.filter(({ operation }) => operation === "UpdateService");
}

export function updatesBefore(life: Life, call: WitnessedCall): readonly WitnessedCall[] {
  const all = updatesIn(life);
  return all.slice(0, all.indexOf(call));
}

export function isAbout({ input }: WitnessedCall, serviceArn: string): boolean {
  return input.service === serviceArn;
}

/** Whether AWS's own words rule out that it acted: it refused before or instead of acting. */
export function didNothing({ answer }: WitnessedCall): boolean {
  return answer !== "ok" && !MAY_HAVE_ACTED.includes(answer);
}

/** No answer, or one that says nothing of what was done: the shapes of an HTTP 500. */
const MAY_HAVE_ACTED: readonly string[] = ["reset", "lost", "ServerException", "InternalFailure", "ServiceUnavailable"];

export function isReceived({ answer, delayedMs }: WitnessedCall): boolean {
  return answer === "ok" && delayedMs < ANSWER_MAX_MS;
}

/** The deployment that a reply to us named as the new one; null where no reply that arrived names one of ours. */
export function namedIn(life: Life, call: WitnessedCall): DeploymentLife | null {
  if (!isReceived(call)) return null;
  const service = call.output?.service as { deployments?: { id: string; status: string }[] } | undefined;
  const primary = service?.deployments?.find(({ status }) => status === "PRIMARY");
  const made = primary === undefined ? undefined : life.history.deployments.get(primary.id);
  return made?.by === "us" ? made : null;
}

/** Deployments that a reply named to a process which lived to write it down: those the program knows to be its own. */
export function knownAsOurs(life: Life): readonly DeploymentLife[] {
  return updatesIn(life).flatMap((call) => {
    const made = namedIn(life, call);
    return made === null || isLostOnUs(life, call) ? [] : [made];
  });
}

/** The process died at the very instant at which the answer came, and may not have written it down. */
export function isLostOnUs({ processes }: Life, { atMs, delayedMs }: WitnessedCall): boolean {
  return processes.some(({ end, endedMs }) => end === "died" && endedMs === atMs + delayedMs);
}

export function toldOf({ atMs, input, afterLine }: WitnessedCall): string {
  return `${input.service} at ${new Date(atMs).toISOString()}, after line ${afterLine}`;
}
