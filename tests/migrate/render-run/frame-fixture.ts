// A frame of the live block with nothing special about it; each test says what is.

import type { RunState } from "../../../migrate/core/machine/run-state";
import type { PlanOptions } from "../../../migrate/core/model/plan";
import { runFrame } from "../../../migrate/render/run-frame";
import type { RunFrame } from "../../../migrate/render/run-frame-view";
import { at, planOf, stateAfter, type Timed } from "../machine/run-fixture";

export const COMMANDS = {
  reference: "3f9a1c77aa00",
  run: "fargate-cmk run plan.json",
  resume: "fargate-cmk resume 3f9a1c77aa00",
  approve: "fargate-cmk approve 3f9a1c77aa00",
};

export interface Screen extends Partial<Omit<RunFrame, "state" | "nowMs">> {
  readonly seconds?: number;
}

export function viewOf(state: RunState, { seconds = 200, ...screen }: Screen = {}): RunFrame {
  return {
    state: { ...state, plan: { ...state.plan, planId: "3f9a1c77aa00" } },
    nowMs: at(seconds),
    commands: COMMANDS,
    waiting: [],
    calls: { total: 1288, throttled: 3 },
    asked: null,
    keys: "plain",
    worker: { kind: "this-process" },
    width: 100,
    height: 24,
    ...screen,
  };
}

export function frameOf(state: RunState, screen: Screen = {}): string {
  return runFrame(viewOf(state, screen)).join("\n");
}

/** Services a, b and c in a wave each, after these events. */
export function threeWaves(events: readonly Timed[], options: Partial<PlanOptions> = {}): RunState {
  return stateAfter(planOf([["a"], ["b"], ["c"]], options), events);
}
