// Lives one story: the production drive and adapters against the simulated AWS, on one virtual clock, process after process,
// until the run is over. Returns what happened as data; it judges nothing.

import type { Fleet } from "../../domain/fleet";
import type { RunState } from "../../migrate/core/machine/run-state";
import type { Plan } from "../../migrate/core/model/plan";
import { DEFAULT_PLAN_OPTIONS } from "../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../migrate/core/plan/make-plan";
import { type RunEnd, runPlan } from "../../migrate/drive/run";
import { scan } from "../../migrate/drive/scan";
import { FargateCmkError } from "../../migrate/errors";
import type { JournalLine } from "../../migrate/ports/run-store";
import { ProcessDied } from "./mortal-run-store";
import { setStage, warmUp } from "./stage";
import type { Story } from "./story";
import type { ToldStory } from "./tell-story";
import type { Witness } from "./witnessed-simulation";
import type { WorldHistory } from "./world-history";

export type ProcessEnd = RunEnd["end"] | "died" | { readonly thrown: string };

export interface ProcessLife {
  readonly beganMs: number;
  readonly endedMs: number;
  readonly end: ProcessEnd;
  /** The state that it ended with; null when it did not end by itself. */
  readonly state: RunState | null;
  /** Lines of the journal when it ended. */
  readonly lines: number;
}

export interface Life {
  readonly story: Story;
  readonly fleet: Fleet;
  readonly plan: Plan;
  readonly beganMs: number;
  readonly endedMs: number;
  readonly lines: readonly JournalLine[];
  readonly processes: readonly ProcessLife[];
  readonly calls: Witness["calls"];
  readonly history: WorldHistory;
  /** What rivals and faults did, for the trace. */
  readonly notes: readonly { readonly atMs: number; readonly what: string }[];
  /** What of the simulator itself was wrong. */
  readonly defects: readonly string[];
}

const PROCESSES_MAX = 16;
const HOUR_MS = 3_600_000;

export async function live({ story, fleet: account }: ToldStory): Promise<Life> {
  await warmUp(story);
  const stage = setStage(story, account);
  try {
    const fleet = await scan({ ...stage.open(story.seed), clock: stage.clock, region: account.lane.region });
    const options = { ...DEFAULT_PLAN_OPTIONS, ...story.options };
    const plan = makePlan({ fleet, fleetSha256: "0".repeat(64), options });
    await stage.clock.sleep(60_000);
    const beganMs = stage.clock.nowMs();
    stage.begin();
    const processes = await liveThrough(stage, story, { fleet, plan });
    const { calls } = stage.witness;
    const told = { story, fleet, plan, beganMs, endedMs: stage.clock.nowMs(), processes, calls };
    return { ...told, lines: stage.store.lines, history: stage.history, notes: stage.notes, defects: stage.defects() };
  } finally {
    stage.clock.close();
  }
}

type Stage = ReturnType<typeof setStage>;

async function liveThrough(
  stage: Stage,
  story: Story,
  inputs: { readonly fleet: Fleet; readonly plan: Plan },
): Promise<readonly ProcessLife[]> {
  const { store, clock } = stage;
  const processes: ProcessLife[] = [];
  let resumes = 0;
  while (processes.length < PROCESSES_MAX) {
    const death = story.deaths[processes.length] ?? null;
    store.begin(death);
    const process = await oneProcess(stage, story, { ...inputs, seed: story.seed + processes.length });
    processes.push(process);
    if (process.end === "finished" || typeof process.end === "object") return processes;
    if (process.state?.status === "halted") {
      if (resumes >= story.resumesMax) return processes;
      resumes += 1;
      store.request = "resume";
    }
    await clock.sleep(process.end === "died" ? (death?.awayMs ?? 1_000) : HOUR_MS / 6);
    if (process.state?.status === "paused" && store.request === "pause") store.request = "resume";
  }
  return processes;
}

async function oneProcess(
  stage: Stage,
  { onKeyTrouble = "rollback" }: Story,
  { seed, ...inputs }: { readonly fleet: Fleet; readonly plan: Plan; readonly seed: number },
): Promise<ProcessLife> {
  const { store, clock } = stage;
  const beganMs = clock.nowMs();
  const ended = (end: ProcessEnd, state: RunState | null): ProcessLife => ({
    beganMs,
    endedMs: clock.nowMs(),
    end,
    state,
    lines: store.lines.length,
  });
  stage.interrupt.current = new AbortController();
  try {
    const { state, end } = await runPlan({
      ...inputs,
      ...stage.open(seed),
      store,
      clock,
      output: { emit: () => {} },
      caller: "arn:aws:iam::111122223333:user/ops",
      toolVersion: "0.0.0",
      repaired: null,
      settings: { onKeyTrouble, limit: null },
      commands: { run: "fargate-cmk run plan.json", resume: "fargate-cmk resume", approve: "fargate-cmk approve" },
      signal: stage.interrupt.current.signal,
    });
    return ended(end, state);
  } catch (error) {
    if (error instanceof ProcessDied) return ended("died", null);
    const what = error instanceof FargateCmkError ? `${error.code}: ${error.message}` : String((error as Error).stack);
    return ended({ thrown: what }, null);
  }
}
