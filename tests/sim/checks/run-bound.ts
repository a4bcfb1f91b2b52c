// How long a run may take at most, by its story: what AWS needs for its services in as many places as are planned, and what the story
// itself takes: soaks, a person's time to say yes, absences, pauses, faults of the API, keys that are broken.
//
// Invariants
//   the figures are the tool's published promises (a deadline of four times an estimate and half an hour at least, a wait of a
//   quarter of an hour for others' deployments), said here once more, and the story's; no clock of the run itself goes in
//   a story that disturbs nothing allows each service little more than its estimate

import type { PlannedService } from "../../../migrate/core/model/plan";
import type { Life } from "../stage/live";

const MINUTE_MS = 60_000;
/** What durations of the simulated AWS, heavy-tailed as they are, take of an estimate at worst, and the looks around them. */
const ESTIMATE_FACTOR = 2;
const LOOKED_WITHIN_MS = 3 * MINUTE_MS;
const DEADLINE_FACTOR = 4;
const DEADLINE_FLOOR_MS = 30 * MINUTE_MS;
const IN_FLIGHT_WAIT_MS = 15 * MINUTE_MS;
/** A key that cannot be used is waited for so long before the run halts; five minutes of looking right release it. */
const KEY_WAIT_MS = 66 * MINUTE_MS;
const SWEEP_MS = 5 * MINUTE_MS;
/** After an end that is not its last, a process comes again after so long. */
const AWAY_MS = 10 * MINUTE_MS;
/** After an outage the program goes on at a 32nd of its rate for a while. */
const SLOWED_FOR_MS = 5 * MINUTE_MS;

export function runBoundMs(life: Life): number {
  return (
    SWEEP_MS + ofWaves(life) + ofServices(life) + ofAbsences(life) + ofPauses(life) + ofFaults(life) + ofKeys(life)
  );
}

function ofWaves({ plan, story }: Life): number {
  const yesMs = story.options.gate?.approval === true ? (story.approvesAfterMs ?? 0) + MINUTE_MS : 0;
  return plan.waves.reduce((sum, { soakMs }) => sum + soakMs + yesMs + LOOKED_WITHIN_MS, 0);
}

/**
 * Wave by wave. Whatever the order, a list of services is done in the time of all of them shared by the places in flight, and once
 * that of the longest (Graham 1969); services that exclude each other, or for which room is short, may have to go one by one.
 */
function ofServices(life: Life): number {
  const { plan } = life;
  return plan.waves.reduce((sum, { number }) => {
    const costs = plan.services.filter(({ wave }) => wave === number).map((planned) => ofService(life, planned));
    return sum + costs.reduce((all, cost) => all + cost, 0) / placesOf(life) + Math.max(0, ...costs);
  }, 0);
}

function placesOf({ plan }: Life): number {
  const { peakVcpu, freeVcpu } = plan.totals;
  const isRoomy = peakVcpu.onDemand <= (freeVcpu.onDemand ?? Infinity) && peakVcpu.spot <= (freeVcpu.spot ?? Infinity);
  return isRoomy && plan.options.mutexTags === undefined ? plan.options.inFlightMax : 1;
}

function ofService(life: Life, planned: PlannedService): number {
  const { toSuccessMs, toCapacityFreeMs } = planned.estimate;
  // Its patience, then its whole time, and both once more when it is given another try.
  if (!isDisturbed(life, planned)) return ESTIMATE_FACTOR * toCapacityFreeMs + LOOKED_WITHIN_MS;
  const patienceMs = Math.max(IN_FLIGHT_WAIT_MS, 2 * toSuccessMs);
  return 2 * (patienceMs + Math.max(DEADLINE_FLOOR_MS, DEADLINE_FACTOR * toCapacityFreeMs)) + LOOKED_WITHIN_MS;
}

/** By the story: somebody acts on it, on its key or cluster, or its tasks cannot start in the first place. */
function isDisturbed({ story, history, fleet }: Life, { arn, clusterArn }: PlannedService): boolean {
  const cluster = fleet.clusters.find((one) => one.arn === clusterArn)?.name;
  const isActedOn = story.rivals.some(({ service, acts }) =>
    service === null ? acts.some(({ fault }) => !("cluster" in fault) || fault.cluster === cluster) : service === arn,
  );
  const cannotStart = [...history.tasks.values()].some(
    ({ serviceArn, stopCode }) => serviceArn === arn && stopCode === "TaskFailedToStart",
  );
  const fails = [...history.deployments.values()].some(
    ({ serviceArn, failedTasksMs }) => serviceArn === arn && failedTasksMs.length > 0,
  );
  return isActedOn || cannotStart || fails;
}

function ofAbsences({ story, processes }: Life): number {
  const deathsMs = story.deaths.reduce((sum, { awayMs }) => sum + awayMs, 0);
  const stoodMs = (story.mishaps ?? []).reduce((sum, one) => sum + ("forMs" in one ? one.forMs : 0), 0);
  return deathsMs + stoodMs + processes.length * AWAY_MS;
}

function ofPauses({ story }: Life): number {
  const instants = story.controls.flatMap((control) => ("atMs" in control ? [control.atMs] : []));
  return instants.length < 2 ? 0 : Math.max(...instants) - Math.min(...instants);
}

function ofFaults({ story }: Life): number {
  return story.faults.reduce((sum, { fromMs, untilMs }) => sum + (untilMs ?? fromMs) - fromMs + SLOWED_FOR_MS, 0);
}

function ofKeys({ story }: Life): number {
  const keyRivals = story.rivals.filter(({ service }) => service === null);
  return keyRivals.length * KEY_WAIT_MS * (1 + story.resumesMax);
}
