// Faults of what stands around the services: alarms, the room for vCPU, trails.
// Invariant: a fault that names what does not exist is refused with the name.

import { type Alarm, setAlarmState } from "./alarm";
import type { Lane } from "./lane";
import { tellAlarmChange } from "./lifecycle/alarm-watch";
import { classicSelectors, type Trail } from "./trail";
import type { WorldFault } from "./world-fault";
import { scheduleIn, type WorldState } from "./world-state";

type SurroundingsFault = Extract<
  WorldFault,
  { kind: "alarm-fires" | "alarm-clears" | "vcpu-quota" | "neighbour-takes-vcpu" | "trail-drops-kms" }
>;

export function changeSurroundings(world: WorldState, lane: Lane, fault: SurroundingsFault): void {
  switch (fault.kind) {
    case "alarm-fires":
      alarmNamed(lane, fault.alarm).firing = { sinceMs: world.nowMs, untilMs: fault.untilMs ?? FOR_EVER_MS };
      tellAlarmChange(world, lane, fault.alarm);
      return;
    case "alarm-clears":
      setAlarmState(alarmNamed(lane, fault.alarm), {
        value: "OK",
        reason: "Threshold no longer crossed",
        sinceMs: world.nowMs,
      });
      return;
    case "vcpu-quota":
      lane.vcpu[fault.capacity].quotaVcpu = fault.vcpu;
      return;
    case "neighbour-takes-vcpu":
      takeVcpu(world, lane, fault);
      return;
    case "trail-drops-kms":
      trailNamed(lane, fault.trail).selectors = classicSelectors({ withoutKms: true });
      return;
  }
}

const FOR_EVER_MS = Number.MAX_SAFE_INTEGER;

function takeVcpu(
  world: WorldState,
  lane: Lane,
  { capacity, vcpu, untilMs }: Extract<WorldFault, { kind: "neighbour-takes-vcpu" }>,
): void {
  const room = lane.vcpu[capacity];
  room.neighbourTakes(vcpu, world.nowMs);
  if (untilMs === undefined) return;
  scheduleIn(world, Math.max(0, untilMs - world.nowMs), { kind: "neighbour-gives-vcpu-back", room, vcpu });
}

function alarmNamed(lane: Lane, name: string): Alarm {
  const alarm = lane.alarms.get(name);
  if (alarm !== undefined) return alarm;
  throw new RangeError(`no alarm ${name} in the simulated world; name one that is there`);
}

function trailNamed(lane: Lane, reference: string): Trail {
  const trail = lane.trails.get(reference) ?? [...lane.trails.values()].find(({ name }) => name === reference);
  if (trail !== undefined) return trail;
  throw new RangeError(`no trail ${reference} in the simulated world; give the name or ARN of one that is there`);
}
