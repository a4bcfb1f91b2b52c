// Waves one after the other, each after the gate before it: told from what became of earlier services in the world, not from what
// the program says of it.
//
// Of a service that we redeployed the world has the end: its deployment complete and what was there before it stopped, or failed,
// or replaced by another's whose end then counts, or the service gone. Past its time (four times its estimate, half an hour at
// least) a service holds nothing up. The soak, and a person's time to say yes, come after the latest such end.

import type { Life } from "../stage/live";
import type { WitnessedCall } from "../stage/witnessed-simulation";
import type { DeploymentLife } from "../stage/world-history";
import { toldOf, updatesBefore, updatesIn } from "./witnessed-sendings";

const DEADLINE_FACTOR = 4;
const DEADLINE_FLOOR_MS = 30 * 60_000;

export function earlyWaves(life: Life): readonly string[] {
  return updatesIn(life).flatMap((call) => {
    const planned = life.plan.services.find(({ arn }) => arn === call.input.service);
    if (planned === undefined) return [`UpdateService of what is not planned: ${toldOf(call)}`];
    return [
      ...tooEarly(life, call, planned.wave),
      ...turnedBack(life, call, planned.wave),
      ...unquiet(life, call, planned.wave),
    ];
  });
}

function tooEarly(life: Life, call: WitnessedCall, wave: number): readonly string[] {
  const { plan, story } = life;
  // A yes that is asked for besides may come at any time.
  const isAskedBesides = story.controls.some(({ request }) => request === "approve");
  const isSlow = story.options.gate?.approval === true && !isAskedBesides;
  const approvesAfterMs = isSlow ? (story.approvesAfterMs ?? Infinity) : 0;
  const made = oursBefore(life, call.atMs);
  return made.flatMap((one) => {
    const earlier = plan.services.find(({ arn }) => arn === one.serviceArn);
    if (earlier === undefined || earlier.wave >= wave) return [];
    const soakMs = plan.waves.find(({ number }) => number === earlier.wave)?.soakMs ?? 0;
    const { toCapacityFreeMs } = earlier.estimate;
    const deadlineMs = one.startedMs + Math.max(DEADLINE_FLOOR_MS, DEADLINE_FACTOR * toCapacityFreeMs);
    const gateMs = Math.min(endOf(life, one), deadlineMs) + Math.max(soakMs, approvesAfterMs);
    if (call.atMs >= gateMs) return [];
    const when = Number.isFinite(gateMs) ? new Date(gateMs).toISOString() : "a yes that never came";
    return [
      `UpdateService for wave ${wave} before ${when}, as ${one.serviceArn} of wave ${earlier.wave} asks: ${toldOf(call)}`,
    ];
  });
}

function oursBefore({ history }: Life, atMs: number): readonly DeploymentLife[] {
  return [...history.deployments.values()].filter(({ by, startedMs }) => by === "us" && startedMs < atMs);
}

const FOLLOWED_MAX = 20;

/** When the service was through with it: `Infinity` while it is not. */
function endOf({ history }: Life, ours: DeploymentLife): number {
  const others = [...history.deployments.values()].filter((one) => one.serviceArn === ours.serviceArn);
  let last = ours;
  for (let followed = 0; followed < FOLLOWED_MAX; followed += 1) {
    const over = others.find((one) => one.startedMs > last.startedMs && one.startedMs <= rolledUntil(last));
    if (over === undefined) break;
    last = over;
  }
  const endMs = rolledUntil(last);
  return last === ours && ours.rolloutState === "COMPLETED" ? Math.max(endMs, drainedOf(history, ours)) : endMs;
}

function rolledUntil({ rolling, startedMs }: DeploymentLife): number {
  const last = rolling.at(-1);
  return last === undefined ? startedMs : (last.toMs ?? Infinity);
}

/** When the last task had stopped that was there before it. */
function drainedOf({ tasks }: Life["history"], { serviceArn, startedMs }: DeploymentLife): number {
  const old = [...tasks.values()].filter((task) => task.serviceArn === serviceArn && task.bornMs < startedMs);
  return old.reduce((latest, { stoppedMs }) => Math.max(latest, stoppedMs ?? Infinity), 0);
}

/** The first sending of a service comes before all sendings of later waves. */
function turnedBack(life: Life, call: WitnessedCall, wave: number): readonly string[] {
  const before = updatesBefore(life, call);
  if (before.some(({ input }) => input.service === call.input.service)) return [];
  const later = before.find(({ input }) =>
    life.plan.services.some((one) => one.arn === input.service && one.wave > wave),
  );
  return later === undefined
    ? []
    : [
        `UpdateService for wave ${wave}, whose service had not been sent when ${later.input.service} was: ${toldOf(call)}`,
      ];
}

/** Before the first sending of a wave the alarms of its gate were looked at, and the last look showed them quiet. */
function unquiet(life: Life, call: WitnessedCall, wave: number): readonly string[] {
  const alarms = life.plan.options.gate?.alarms ?? [];
  const ofWave = new Set(life.plan.services.filter((one) => one.wave === wave).map(({ arn }) => arn));
  const isFirst = updatesIn(life).find(({ input }) => ofWave.has(String(input.service))) === call;
  if (alarms.length === 0 || !isFirst) return [];
  const before = life.calls.slice(0, life.calls.indexOf(call));
  const looks = before.filter(({ operation, atMs }) => operation === "DescribeAlarms" && atMs >= life.beganMs);
  const lastSentMs = before.findLast(({ operation }) => operation === "UpdateService")?.atMs ?? life.beganMs;
  const look = looks.at(-1);
  if (look === undefined || look.atMs < lastSentMs)
    return [`UpdateService for wave ${wave} without a look at its alarms: ${toldOf(call)}`];
  const seen = (look.output?.MetricAlarms ?? []) as { AlarmName: string; StateValue: string }[];
  const firing = seen.filter(({ AlarmName, StateValue }) => alarms.includes(AlarmName) && StateValue === "ALARM");
  return look.answer === "ok" && firing.length === 0
    ? []
    : [`UpdateService for wave ${wave} while ${firing.map(({ AlarmName }) => AlarmName)} fired: ${toldOf(call)}`];
}
