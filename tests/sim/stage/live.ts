// Lives one story: the production drive and adapters against the simulated AWS, on one virtual clock, process after process,
// until the run is over. Returns what happened as data; it judges nothing.

import type { Fleet } from "../../../domain/fleet";
import type { RunState } from "../../../migrate/core/machine/run-state";
import type { Plan } from "../../../migrate/core/model/plan";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { type RunEnd, runPlan } from "../../../migrate/drive/run";
import { scan } from "../../../migrate/drive/scan";
import { FargateCmkError } from "../../../migrate/errors";
import type { JournalLine } from "../../../migrate/ports/run-store";
import type { Story } from "../stories/story";
import type { ToldStory } from "../stories/tell-story";
import { MortalRunStore, ProcessDied } from "./mortal-run-store";
import { approval } from "./play-story";
import { type Stage, setStage, warmUp } from "./stage";
import type { Strike } from "./strike";
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
  /** What it held at its turns, once for each count of lines; empty for a life of which nothing but the end is looked at. */
  readonly turns: readonly { readonly state: RunState; readonly lines: number }[];
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
  /** What befell it from outside, but for faults of the API, which `calls` show. */
  readonly strikes: readonly Strike[];
  /** The same account as a second copy of the program lived it; null when there was none. */
  readonly second: Life | null;
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
    const scanned = [...stage.witness.calls];
    const { store, witness, history, strikes, interrupt, presence } = stage;
    const inputs = { story, fleet, plan };
    const second = awaitSecond(stage, inputs);
    const { ended } = stage.begin(plan);
    const processes = await liveThrough(stage, {
      ...inputs,
      store,
      ports: (seed) => stage.open(seed),
      onBegin: () => {
        interrupt.current = new AbortController();
        presence.isAway = false;
        return interrupt.current.signal;
      },
      onEnd: () => {
        presence.isAway = true;
        ended();
      },
    });
    const own = { beganMs, endedMs: stage.clock.nowMs(), lines: store.lines, processes, calls: witness.calls, history };
    const other = await second();
    const told = { ...inputs, notes: stage.notes, defects: stage.defects() };
    const life = { ...told, ...own, strikes, second: null };
    if (other === null) return life;
    const calls = [...scanned, ...other.calls];
    return { ...life, second: { ...told, ...other, calls, strikes: [], second: null } };
  } finally {
    stage.clock.close();
  }
}

type OwnLife = Pick<Life, "beganMs" | "endedMs" | "lines" | "processes" | "calls" | "history">;

/** Begins on its cue, and lives without mishaps of its own; what is given back waits for its end. */
function awaitSecond(stage: Stage, { story, ...inputs }: Inputs): () => Promise<OwnLife | null> {
  const { secondDoor, clock, presence } = stage;
  const store = new MortalRunStore();
  const begun: { living: Promise<OwnLife> | null } = { living: null };
  const approve = approval(clock, story, () => {
    store.request = "approve";
  });
  store.onLine = (line) => {
    secondDoor.witness.lastLine = line.seq;
    approve(line);
  };
  presence.onSecondCopy = () => {
    const beganMs = clock.nowMs();
    const own = { ...story, deaths: [], seed: story.seed + PROCESSES_MAX };
    const copy = { story: own, ...inputs, store, ports: (seed: number) => stage.open(seed, "second") };
    begun.living = liveThrough(stage, { ...copy, onBegin: () => new AbortController().signal, onEnd: () => {} }).then(
      (processes) => {
        const { calls } = secondDoor.witness;
        const history = secondDoor.ownHistory();
        return { beganMs, endedMs: clock.nowMs(), lines: store.lines, processes, calls, history };
      },
    );
  };
  return () => begun.living ?? Promise.resolve(null);
}

interface Inputs {
  readonly story: Story;
  readonly fleet: Fleet;
  readonly plan: Plan;
}

/** One copy of the program: its journal, its way to AWS, and who is told of its processes. */
interface Copy extends Inputs {
  readonly store: MortalRunStore;
  readonly ports: (seed: number) => ReturnType<Stage["open"]>;
  /** Gives back what interrupts the process. */
  readonly onBegin: () => AbortSignal;
  readonly onEnd: () => void;
}

async function liveThrough({ clock, presence }: Stage, copy: Copy): Promise<readonly ProcessLife[]> {
  const { story, store, ports, onBegin, onEnd } = copy;
  const processes: ProcessLife[] = [];
  let resumes = 0;
  while (processes.length < PROCESSES_MAX) {
    const death = story.deaths[processes.length] ?? null;
    presence.awayMs = null;
    store.begin(death);
    const process = await oneProcess(clock, copy, { signal: onBegin(), ports: ports(story.seed + processes.length) });
    processes.push(process);
    onEnd();
    if (process.end === "finished" || typeof process.end === "object") return processes;
    if (process.state?.status === "halted") {
      if (resumes >= story.resumesMax) return processes;
      resumes += 1;
      store.request = "resume";
    }
    await clock.sleep(process.end === "died" ? (presence.awayMs ?? death?.awayMs ?? 1_000) : HOUR_MS / 6);
    if (process.state?.status === "paused" && store.request === "pause") store.request = "resume";
  }
  return processes;
}

interface ProcessWay {
  readonly signal: AbortSignal;
  readonly ports: ReturnType<Stage["open"]>;
}

async function oneProcess(
  clock: Stage["clock"],
  { story, fleet, plan, store }: Copy,
  { signal, ports }: ProcessWay,
): Promise<ProcessLife> {
  const { onKeyTrouble = "rollback", onlyTheEnd = false } = story;
  const beganMs = clock.nowMs();
  const turns: { state: RunState; lines: number }[] = [];
  const ended = (end: ProcessEnd, state: RunState | null): ProcessLife => ({
    beganMs,
    endedMs: clock.nowMs(),
    end,
    state,
    lines: store.lines.length,
    turns,
  });
  try {
    const { state, end } = await runPlan({
      fleet,
      plan,
      ...ports,
      store,
      clock,
      output: { emit: () => {} },
      caller: "arn:aws:iam::111122223333:user/ops",
      toolVersion: "0.0.0",
      repaired: null,
      settings: { onKeyTrouble, limit: null },
      commands: { run: "fargate-cmk run plan.json", resume: "fargate-cmk resume", approve: "fargate-cmk approve" },
      signal,
      onTurn: (held) => {
        const lines = store.lines.length;
        if (!onlyTheEnd && turns.at(-1)?.lines !== lines) turns.push({ state: held, lines });
      },
    });
    return ended(end, state);
  } catch (error) {
    if (error instanceof ProcessDied || isDiskFull(error)) return ended("died", null);
    const what = error instanceof FargateCmkError ? `${error.code}: ${error.message}` : String((error as Error).stack);
    return ended({ thrown: what }, null);
  }
}

/** Ends the process as it should: the next one takes the run up once there is space. */
function isDiskFull(error: unknown): boolean {
  return error instanceof FargateCmkError && error.code === "disk-full";
}
