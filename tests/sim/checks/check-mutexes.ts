// Services that share the value of a mutex tag never roll together: told from the fleet's tags, the calls and the world's history.

import type { ServiceRecord } from "../../../domain/fleet";
import type { Life } from "../stage/live";
import type { WitnessedCall } from "../stage/witnessed-simulation";

export function mutexProblems(life: Life): readonly string[] {
  const tags = life.story.options.mutexTags ?? [];
  const sent = life.calls.filter(({ operation, answer }) => operation === "UpdateService" && mayHaveActed(answer));
  return sent.flatMap((call) => {
    const service = life.fleet.services.find(({ arn }) => arn === call.input.service);
    if (service === undefined) return [];
    const others = life.fleet.services.filter(
      (other) => other !== service && tags.some((tag) => shares(service, other, tag)),
    );
    return others.flatMap((other) => [...sentTogether(life, call, other), ...rolledTogether(life, call, other)]);
  });
}

function mayHaveActed(answer: string): boolean {
  return answer === "ok" || answer === "lost";
}

function shares(one: ServiceRecord, other: ServiceRecord, tag: string): boolean {
  return Object.hasOwn(one.tags, tag) && Object.hasOwn(other.tags, tag) && one.tags[tag] === other.tags[tag];
}

const DECIDED: readonly string[] = ["verified", "failed", "set-aside"];

/** By the journal: between the other's intent and what was decided of it, nothing of its kind is sent. */
function sentTogether({ lines }: Life, call: WitnessedCall, other: ServiceRecord): readonly string[] {
  let holds = false;
  let looksInVain = 0;
  for (const { event } of lines.slice(0, call.afterLine)) {
    if (!("service" in event) || event.service !== other.arn) continue;
    if (event.kind === "redeploy-intended") [holds, looksInVain] = [true, 0];
    if (event.kind === "doubt-looked") looksInVain += event.found.kind === "none" ? 1 : 0;
    if (event.kind === "redeploy-answered" && (event.answer.kind === "not-sent" || event.answer.kind === "refused"))
      holds = false;
    // Two looks that are far enough apart tell that the call never arrived; nearer ones do not count as two.
    if (DECIDED.includes(event.kind)) holds = false;
  }
  return holds && looksInVain < 2
    ? [`UpdateService of ${call.input.service} while ${other.arn} held what they share`]
    : [];
}

/** In the world itself: the other's deployment of ours rolls, or what it replaces still drains, and it is not decided. */
function rolledTogether({ lines, history }: Life, call: WitnessedCall, other: ServiceRecord): readonly string[] {
  const isDecided = lines
    .slice(0, call.afterLine)
    .some(({ event }) => "service" in event && event.service === other.arn && DECIDED.includes(event.kind));
  if (isDecided) return [];
  const ours = [...history.deployments.values()].filter(
    ({ by, serviceArn, startedMs }) => by === "us" && serviceArn === other.arn && startedMs <= call.atMs,
  );
  return ours.map(({ id }) => `UpdateService of ${call.input.service} although ${id} of ${other.arn} is not decided`);
}
