// A service is redeployed on a fresh look that showed nothing unfinished, and never over what really was unfinished.
// Reads the calls with their answers, and the world's deployments.

import type { Life } from "../stage/live";
import type { WitnessedCall } from "../stage/witnessed-simulation";
import type { DeploymentLife } from "../stage/world-history";
import { toldOf, updatesIn } from "./witnessed-sendings";

const LOOK_AGE_MAX_MS = 5_000;
const KEY_LOOK_AGE_MAX_MS = 30_000;

export function staleLooks(life: Life): readonly string[] {
  return [...updatesIn(life).flatMap((call) => unlooked(life, call)), ...preempted(life)];
}

/** The last answer about a service must be fresh when it is redeployed, and must show nothing unfinished. */
function unlooked(life: Life, call: WitnessedCall): readonly string[] {
  const before = life.calls.slice(0, life.calls.indexOf(call));
  const look = before.findLast(
    ({ operation, input, answer }) =>
      operation === "DescribeServices" &&
      answer === "ok" &&
      (input.services as string[]).includes(String(call.input.service)),
  );
  if (look === undefined) return [`UpdateService without a look: ${toldOf(call)}`];
  const problems: string[] = [];
  if (call.atMs - look.atMs > LOOK_AGE_MAX_MS)
    problems.push(`UpdateService ${call.atMs - look.atMs} ms after the last look: ${toldOf(call)}`);
  const services = (look.output?.services ?? []) as { serviceArn: string; deployments?: { rolloutState?: string }[] }[];
  const deployments = services.find(({ serviceArn }) => serviceArn === call.input.service)?.deployments ?? [];
  if (deployments.length !== 1 || deployments[0]?.rolloutState === "IN_PROGRESS")
    problems.push(`UpdateService after a look that showed ${JSON.stringify(deployments)}: ${toldOf(call)}`);
  return problems;
}

/** In the world itself: whose deployment was still rolling when ours came, begun so long ago that a look must have shown it. */
function preempted(life: Life): readonly string[] {
  const lives = [...life.history.deployments.values()];
  return lives
    .filter(({ by }) => by === "us")
    .flatMap((ours) => {
      const knowableMs = ours.startedMs - LOOK_AGE_MAX_MS - life.story.readLagMaxMs;
      const theirs = lives.filter((other) => other.serviceArn === ours.serviceArn && other.by !== "us");
      return theirs
        .filter((other) => rolledFromTo(other, knowableMs, ours.startedMs))
        .map((other) => `${ours.id} came over ${other.id} of ${ours.serviceArn}, which was rolling`);
    });
}

/** One that ends at the very instant at which ours comes was ended by it. */
function rolledFromTo({ rolling }: DeploymentLife, earlyMs: number, lateMs: number): boolean {
  return rolling.some(({ fromMs, toMs }) => fromMs < earlyMs && (toMs === null || toMs >= lateMs));
}

/** The key of its cluster must have been looked at, not too long ago. */
export function staleKeyLooks(life: Life): readonly string[] {
  const { calls, plan } = life;
  return updatesIn(life).flatMap((call) => {
    const clusterArn = plan.services.find(({ arn }) => arn === call.input.service)?.clusterArn ?? "";
    const before = calls.slice(0, calls.indexOf(call));
    const look = before.findLast(
      ({ operation, input, answer }) =>
        operation === "DescribeClusters" && answer === "ok" && (input.clusters as string[]).includes(clusterArn),
    );
    const ageMs = call.atMs - (look?.atMs ?? 0);
    return ageMs > KEY_LOOK_AGE_MAX_MS
      ? [`UpdateService ${ageMs} ms after its cluster was looked at: ${toldOf(call)}`]
      : [];
  });
}
