// What the program did to services: announced, once, never over somebody's unfinished deployment, and never stopping theirs.

import type { RunRequestWord } from "../../migrate/core/model/journal-event";
import type { Life } from "./live";
import type { WitnessedCall } from "./witnessed-simulation";
import type { DeploymentLife } from "./world-history";

const LOOK_AGE_MAX_MS = 5_000;
const KEY_LOOK_AGE_MAX_MS = 30_000;

export function deploymentProblems(life: Life): readonly string[] {
  const sent = life.calls.filter(({ operation }) => operation === "UpdateService");
  return [
    ...sent.flatMap((call) => unannounced(life, call)),
    ...sent.flatMap((call) => unlooked(life, call)),
    ...sent.flatMap((call) => unasked(life, call)),
    ...sent.flatMap((call) => onHeldCluster(life, call)),
    ...repeated(life),
    ...preempted(life),
    ...strangersStopped(life),
    ...leftFailing(life),
  ];
}

/** What AWS refuses with before it looks at what is asked. */
const DID_NOTHING: readonly string[] = ["ThrottlingException", "InvalidSignatureException"];

/** Each sending stands after an intent of its service that no other sending has used; a refused one did nothing. */
function unannounced(life: Life, call: WitnessedCall): readonly string[] {
  const about = life.lines
    .slice(0, call.afterLine)
    .findLast(({ event }) => "service" in event && event.service === call.input.service);
  if (about?.event.kind !== "redeploy-intended") return [`UpdateService without an intent: ${told(call)}`];
  const others = life.calls.filter(
    (other) =>
      other !== call &&
      other.operation === "UpdateService" &&
      other.input.service === call.input.service &&
      other.afterLine >= about.seq &&
      other.atMs <= call.atMs &&
      !DID_NOTHING.includes(other.answer) &&
      life.calls.indexOf(other) < life.calls.indexOf(call),
  );
  return others.length > 0 ? [`UpdateService twice for one intent (line ${about.seq}): ${told(call)}`] : [];
}

const STANDING: readonly RunRequestWord[] = ["pause", "abort", "abort-and-roll-back"];

/** Nothing is sent while the run is paused, halted or aborted. */
function unasked(life: Life, call: WitnessedCall): readonly string[] {
  let standing = new Set<string>();
  for (const { event } of life.lines.slice(0, call.afterLine)) {
    if (event.kind === "halted" || event.kind === "paused") standing.add(event.kind);
    if (event.kind === "run-resumed") standing = new Set([...standing].filter((one) => !/^pause/.test(one)));
    if (event.kind === "control" && STANDING.includes(event.request)) standing.add(event.request);
    if (event.kind === "control" && event.request === "resume") standing = new Set();
  }
  return standing.size > 0 ? [`UpdateService while ${[...standing]} stood: ${told(call)}`] : [];
}

/** Nothing is sent to a cluster whose key is in trouble. */
function onHeldCluster(life: Life, call: WitnessedCall): readonly string[] {
  const cluster = life.plan.services.find(({ arn }) => arn === call.input.service)?.clusterArn ?? "";
  const targets = life.plan.targets.map(({ clusterArn }) => clusterArn);
  const held = new Set<string>();
  for (const { event } of life.lines.slice(0, call.afterLine)) {
    if (event.kind === "held") for (const arn of event.clusters) held.add(arn);
    if (event.kind === "released") for (const arn of event.clusters) held.delete(arn);
    // A person releases what only start failures showed; what looking found stays held, and is said to be again.
    if (event.kind === "control" && event.request === "resume") for (const arn of targets) held.delete(arn);
  }
  return held.has(cluster) ? [`UpdateService on a cluster that is held: ${told(call)}`] : [];
}

/** The last answers about a service must be fresh when it is redeployed, and must show nothing unfinished. */
function unlooked(life: Life, call: WitnessedCall): readonly string[] {
  const before = life.calls.slice(0, life.calls.indexOf(call));
  const look = before.findLast(
    ({ operation, input, answer }) =>
      operation === "DescribeServices" && answer === "ok" && (input.services as string[]).includes(serviceOf(call)),
  );
  if (look === undefined) return [`UpdateService without a look: ${told(call)}`];
  const problems: string[] = [];
  if (call.atMs - look.atMs > LOOK_AGE_MAX_MS)
    problems.push(`UpdateService ${call.atMs - look.atMs} ms after the last look: ${told(call)}`);
  const services = (look.output?.services ?? []) as { serviceArn: string; deployments?: { rolloutState?: string }[] }[];
  const deployments = services.find(({ serviceArn }) => serviceArn === call.input.service)?.deployments ?? [];
  if (deployments.length !== 1 || deployments[0]?.rolloutState === "IN_PROGRESS")
    problems.push(`UpdateService after a look that showed ${JSON.stringify(deployments)}: ${told(call)}`);
  return [...problems, ...staleKey(life, call)];
}

/** The key of its cluster as last seen must be the planned one, and not have been seen too long ago. */
function staleKey({ calls, plan }: Life, call: WitnessedCall): readonly string[] {
  const planned = plan.services.find(({ arn }) => arn === call.input.service);
  const before = calls.slice(0, calls.indexOf(call));
  const look = before.findLast(
    ({ operation, input, answer }) =>
      operation === "DescribeClusters" &&
      answer === "ok" &&
      (input.clusters as string[]).includes(planned?.clusterArn ?? ""),
  );
  const ageMs = call.atMs - (look?.atMs ?? 0);
  return ageMs > KEY_LOOK_AGE_MAX_MS
    ? [`UpdateService ${ageMs} ms after its cluster was looked at: ${told(call)}`]
    : [];
}

function repeated(life: Life): readonly string[] {
  const ours = [...life.history.deployments.values()].filter(({ by }) => by === "us");
  return life.plan.services.flatMap(({ arn }) => {
    const forced = ours.filter((one) => one.serviceArn === arn);
    const tries = life.lines.filter(({ event }) => event.kind === "requeued" && event.services.includes(arn)).length;
    return forced.length > 1 + tries
      ? [`${arn} was redeployed ${forced.length} times: ${forced.map(({ id }) => id)}`]
      : [];
  });
}

/** In the world itself: whose deployment was still rolling when ours came, begun so long ago that a look must have shown it. */
function preempted(life: Life): readonly string[] {
  const lives = [...life.history.deployments.values()];
  return lives
    .filter(({ by }) => by === "us")
    .flatMap((ours) => {
      const knowableMs = ours.startedMs - LOOK_AGE_MAX_MS - life.story.readLagMaxMs;
      const theirs = lives.filter((other) => other.serviceArn === ours.serviceArn && other !== ours);
      return theirs
        .filter((other) => rolledFromTo(other, knowableMs, ours.startedMs))
        .map((other) => `${ours.id} came over ${other.id} of ${ours.serviceArn}, which was rolling`);
    });
}

function rolledFromTo({ rolling }: DeploymentLife, earlyMs: number, lateMs: number): boolean {
  return rolling.some(({ fromMs, toMs }) => fromMs < earlyMs && (toMs === null || toMs > lateMs));
}

function strangersStopped(life: Life): readonly string[] {
  return life.calls
    .filter(({ operation }) => operation === "StopServiceDeployment")
    .flatMap((call) => {
      const arn = call.input.serviceDeploymentArn;
      const started = life.lines.slice(0, call.afterLine).flatMap(({ event }) => {
        const isReply = event.kind === "redeploy-answered" && event.answer.kind === "started";
        return isReply && event.answer.kind === "started" ? [event.answer.deploymentId] : [];
      });
      const ours = started.some((id) => {
        const made = life.history.deployments.get(id);
        return made?.by === "us" && made.serviceDeploymentArn === arn;
      });
      const intended = life.lines
        .slice(0, call.afterLine)
        .some(({ event }) => event.kind === "stop-intended" && event.serviceDeploymentArn === arn);
      return [
        ...(ours ? [] : [`StopServiceDeployment of ${arn}, which no reply to us named`]),
        ...(intended ? [] : [`StopServiceDeployment of ${arn} without an intent`]),
      ];
    });
}

const FAILURES_BORNE = 3;

/** At the end nothing of ours goes on failing with nobody to roll it back. */
function leftFailing(life: Life): readonly string[] {
  if (life.lines.at(-1)?.event.kind !== "finished") return [];
  const named = life.lines.flatMap(({ event }) =>
    event.kind === "redeploy-answered" && event.answer.kind === "started" ? [event.answer.deploymentId] : [],
  );
  return named.flatMap((id) => {
    const one = life.history.deployments.get(id);
    if (one === undefined || one.rolling.at(-1)?.toMs !== null || one.failedTasksMs.length < FAILURES_BORNE) return [];
    const asked = life.lines.some(({ event }) => event.kind === "stop-intended" && event.service === one.serviceArn);
    const over = [...life.history.deployments.values()].some(
      (other) => other.serviceArn === one.serviceArn && other.startedMs > one.startedMs,
    );
    const failedLate = (one.failedTasksMs[FAILURES_BORNE - 1] ?? 0) > life.endedMs - 2 * 60_000;
    return asked || over || failedLate
      ? []
      : [`${id} of ${one.serviceArn} is left failing, and nobody was asked to stop it`];
  });
}

function serviceOf({ input }: WitnessedCall): string {
  return String(input.service);
}

function told({ atMs, input, afterLine }: WitnessedCall): string {
  return `${input.service} at ${new Date(atMs).toISOString()}, after line ${afterLine}`;
}
