// Nothing is done to AWS that was not written down before, and no service has two redeployments of ours open at once.
// Reads the journal as data, the calls and the world's deployments.

import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import type { Life } from "../stage/live";
import type { WitnessedCall } from "../stage/witnessed-simulation";
import type { DeploymentLife } from "../stage/world-history";
import { isAbout, toldOf, updatesBefore } from "./witnessed-sendings";

/** Every call that may change something stands after a line that announces it, which no other call has used. */
export function unannouncedEffects(life: Life): readonly string[] {
  const effects = life.calls.filter(({ operation, atMs }) => !READS.test(operation) && atMs >= life.beganMs);
  return effects.flatMap((call) => {
    switch (call.operation) {
      case "UpdateService":
        return unannouncedUpdate(life, call);
      case "StopServiceDeployment":
        return unannouncedStop(life, call);
      default:
        return [`${call.operation} was sent, which no line of a journal announces`];
    }
  });
}

const READS = /^(Describe|List|Get|BatchGet|Lookup|Simulate)/;

function unannouncedUpdate(life: Life, call: WitnessedCall): readonly string[] {
  const about = life.lines
    .slice(0, call.afterLine)
    .findLast(({ event }) => "service" in event && event.service === call.input.service);
  if (about?.event.kind !== "redeploy-intended") return [`UpdateService without an intent: ${toldOf(call)}`];
  const before = updatesBefore(life, call);
  const used = before.filter(
    (other) => isAbout(other, String(call.input.service)) && other.afterLine >= about.seq && !isSentAgain(other),
  );
  return used.length > 0 ? [`UpdateService twice for one intent (line ${about.seq}): ${toldOf(call)}`] : [];
}

/** What AWS refuses with before it looks at what is asked may be sent again for the same intent. */
function isSentAgain({ answer }: WitnessedCall): boolean {
  return answer === "ThrottlingException" || answer === "InvalidSignatureException";
}

function unannouncedStop({ lines }: Life, { input, afterLine }: WitnessedCall): readonly string[] {
  const arn = input.serviceDeploymentArn;
  const isIntended = lines
    .slice(0, afterLine)
    .some(({ event }) => event.kind === "stop-intended" && event.serviceDeploymentArn === arn);
  return isIntended ? [] : [`StopServiceDeployment of ${arn} without an intent`];
}

/** In the journal no intent before the last one is closed; in the world never two deployments of ours on one service. */
export function openIntentsTwice(life: Life): readonly string[] {
  return [...life.plan.services.flatMap(({ arn }) => [...intendedTwice(life, arn), ...rollingTwice(life, arn)])];
}

function intendedTwice({ lines }: Life, arn: string): readonly string[] {
  const problems: string[] = [];
  let open: number | null = null;
  let looksInVain = 0;
  for (const { seq, event } of lines) {
    if (event.kind === "requeued" && event.services.includes(arn)) open = null;
    if (!("service" in event) || event.service !== arn) continue;
    if (event.kind === "redeploy-intended") {
      if (open !== null && looksInVain < 2) problems.push(`line ${seq} intends ${arn}, and line ${open} still does`);
      [open, looksInVain] = [seq, 0];
    }
    if (event.kind === "doubt-looked" && event.found.kind === "none") looksInVain += 1;
    if (closes(event)) open = null;
  }
  return problems;
}

function closes(event: JournalEvent): boolean {
  switch (event.kind) {
    case "redeploy-answered":
      return event.answer.kind === "refused" || event.answer.kind === "not-sent";
    case "verified":
    case "failed":
    case "set-aside":
      return true;
    default:
      return false;
  }
}

function rollingTwice(life: Life, arn: string): readonly string[] {
  const ours = [...life.history.deployments.values()].filter((one) => one.by === "us" && one.serviceArn === arn);
  return ours.flatMap((one) =>
    ours
      .filter((other) => other !== one && other.startedMs <= one.startedMs && wasRollingAt(other, one.startedMs))
      .map((other) => `${one.id} of ${arn} began while ${other.id}, ours too, was rolling`),
  );
}

/** Both ends open: what ends at the instant at which the other begins was ended by it. */
function wasRollingAt({ rolling }: DeploymentLife, atMs: number): boolean {
  return rolling.some(({ fromMs, toMs }) => fromMs < atMs && (toMs === null || toMs >= atMs));
}

/** A service has no more deployments of ours than one, and one for each time that it was given another try. */
export function redeployedTooOften({ plan, history, lines }: Life): readonly string[] {
  const ours = [...history.deployments.values()].filter(({ by }) => by === "us");
  return plan.services.flatMap(({ arn }) => {
    const made = ours.filter((one) => one.serviceArn === arn);
    const tries = lines.filter(({ event }) => event.kind === "requeued" && event.services.includes(arn)).length;
    return made.length > 1 + tries ? [`${arn} was redeployed ${made.length} times: ${made.map(({ id }) => id)}`] : [];
  });
}
