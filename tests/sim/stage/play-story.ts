// Plays a story's part beside the program: rivals act, faults strike, operators ask and processes come to harm, each on its cue.
// Invariant: every strike is written down with the journal line after which it came, in vain or not only if it was done.

import type { Fleet } from "../../../domain/fleet";
import { applyEvent } from "../../../migrate/core/machine/apply-event";
import { newRun } from "../../../migrate/core/machine/fold-run";
import type { RunRequestWord } from "../../../migrate/core/model/journal-event";
import type { Plan } from "../../../migrate/core/model/plan";
import type { JournalLine } from "../../../migrate/ports/run-store";
import { CueBoard } from "../stories/cues";
import type { Rival } from "../stories/rivals";
import type { LineMishap, ProcessMishap, Story, TimedFault } from "../stories/story";
import type { Mishap, MortalRunStore } from "./mortal-run-store";
import type { SimClock } from "./sim-clock";
import { type Strike, servicesStruck } from "./strike";
import type { Witness, WitnessedSimulation } from "./witnessed-simulation";
import type { WorldHistory } from "./world-history";

export interface Props {
  readonly clock: SimClock;
  readonly history: WorldHistory;
  readonly simulation: WitnessedSimulation;
  readonly witness: Witness;
  readonly store: MortalRunStore;
  readonly notes: { atMs: number; what: string }[];
  readonly strikes: Strike[];
  readonly interrupt: { current: AbortController };
  readonly presence: Presence;
}

export interface Presence {
  /** Whether no process of the run lives. */
  isAway: boolean;
  /** How long nobody takes up the run of a process that a mishap ended; null leaves it to the story. */
  awayMs: number | null;
  /** What to do when a second copy is to begin. */
  onSecondCopy: () => void;
}

interface Told {
  readonly story: Story;
  readonly account: Fleet;
  readonly plan: Plan;
}

/** Gives back what is to be called when a process has ended: its absence is a cue too. */
export function beginStory({ story, account, plan }: Told, props: Props): { readonly ended: () => void } {
  const { clock, witness, store } = props;
  const beganMs = clock.nowMs();
  const board = new CueBoard(clock);
  let state = newRun(plan);
  const stage: Played = { ...props, account, plan, board };
  for (const fault of story.faults) awaitFault(stage, fault, beganMs);
  for (const ms of story.interruptsMs) board.await({ kind: "time", atMs: ms }, null, () => interrupt(stage));
  for (const control of story.controls) {
    const cue = "cue" in control ? control.cue : ({ kind: "time", atMs: control.atMs } as const);
    const about = "cue" in control ? (control.about ?? null) : null;
    board.await(cue, about, () => ask(stage, control.request));
  }
  for (const rival of story.rivals) board.await(rival.cue, rival.service, () => void act(stage, rival));
  for (const mishap of story.mishaps ?? []) awaitMishap(stage, mishap);
  if (story.secondCopy !== undefined) board.await(story.secondCopy, null, () => beginSecondCopy(stage));

  const approve = approval(clock, story, () => ask(stage, "approve"));
  store.onMishap = (mishap) => suffer(stage, mishap);
  store.onLine = (line) => {
    witness.lastLine = line.seq;
    approve(line);
    state = applyEvent(state, { event: line.event, atMs: Date.parse(line.at) });
    board.onLine(line.event);
    board.onState(state);
  };
  witness.beforeCall = ({ operation, input }) => {
    if (operation === "UpdateService") board.onUpdate(input.service);
  };
  return { ended: () => board.onAway() };
}

type Played = Props & Omit<Told, "story"> & { readonly board: CueBoard };

function awaitFault(stage: Played, timed: TimedFault, beganMs: number): void {
  const { board, clock, simulation } = stage;
  const { fromMs, untilMs, cue, about, ...fault } = timed;
  const schedule = (zeroMs: number): void => {
    const until = untilMs === undefined ? {} : { untilMs: zeroMs + untilMs };
    simulation.scheduleFault({ ...fault, fromMs: zeroMs + fromMs, ...until });
    // It strikes no call: it is met by whoever is under way when it begins.
    if (fault.kind === "neighbour-takes-tokens")
      board.await({ kind: "time", atMs: fromMs }, null, () => noteForAll(stage, fault.kind));
  };
  if (cue === undefined) schedule(beganMs);
  else board.await(cue, about ?? null, () => schedule(clock.nowMs()));
}

async function act(stage: Played, { acts, service }: Rival): Promise<void> {
  for (const { afterMs, fault } of acts) {
    if (afterMs > 0) await stage.clock.sleep(afterMs);
    strike(stage, fault, service);
  }
}

function policyWord(policy: string): string {
  return (JSON.parse(policy) as { Statement: readonly unknown[] }).Statement.length === 0 ? "closed" : "open";
}

/** What ends or undoes a fault is none itself. */
const MENDS: readonly string[] = ["key-enabled", "organisation-allows-key", "new-tasks-recover", "alarm-clears"];

function strike(stage: Played, fault: Rival["acts"][number]["fault"], about: string | null): void {
  const { clock, simulation, notes, account } = stage;
  const what = JSON.stringify({ ...fault, ...("policy" in fault ? { policy: policyWord(fault.policy) } : {}) });
  try {
    if (fault.kind === "cluster-deleted") deleteCluster(stage, fault.cluster);
    else simulation.inject(fromNow(fault, clock.nowMs()));
    notes.push({ atMs: clock.nowMs(), what });
    if (!MENDS.includes(fault.kind)) note(stage, fault.kind, servicesStruck(account, fault, about));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    notes.push({ atMs: clock.nowMs(), what: `in vain: ${what}` });
  }
}

/** Stories count from the strike. */
function fromNow<F extends object>(fault: F, nowMs: number): F {
  return "untilMs" in fault && typeof fault.untilMs === "number" ? { ...fault, untilMs: nowMs + fault.untilMs } : fault;
}

function note({ clock, witness, presence, strikes }: Played, fault: string, services: readonly string[]): void {
  const { isAway } = presence;
  strikes.push({ fault, atMs: clock.nowMs(), afterLine: witness.lastLine, isAway, services });
}

/** What befalls the run as a whole meets the states of all its services. */
function noteForAll(stage: Played, fault: string, what = fault): void {
  stage.notes.push({ atMs: stage.clock.nowMs(), what });
  note(
    stage,
    fault,
    stage.plan.services.map(({ arn }) => arn),
  );
}

function deleteCluster({ account, history, clock }: Played, cluster: string): void {
  const { account: owner, region } = account.lane;
  const caller = { account: owner, region, principalArn: `arn:aws:iam::${owner}:user/rival` };
  const call = { service: "ecs", operation: "DeleteCluster", input: { cluster }, caller } as const;
  const reply = history.apply(call, clock.nowMs());
  if (reply.kind === "error") throw new RangeError(reply.message);
}

function interrupt(stage: Played): void {
  if (!stage.presence.isAway) noteForAll(stage, "interrupted");
  stage.interrupt.current.abort();
}

function ask(stage: Played, request: RunRequestWord): void {
  noteForAll(stage, request);
  stage.store.request = request;
  if (request === "pause") void stage.clock.sleep(PAUSE_MAX_MS).then(() => resumeIfPaused(stage));
}

/** Nobody pauses a run and forgets it. */
const PAUSE_MAX_MS = 2 * 3_600_000;

function resumeIfPaused(stage: Played): void {
  if (stage.store.request === "pause") ask(stage, "resume");
}

/** To be told of every line: a person says yes some time after a wave has closed, where the plan asks for it. */
export function approval(
  clock: SimClock,
  { approvesAfterMs, options }: Story,
  approve: () => void,
): (line: JournalLine) => void {
  return ({ event }) => {
    if (event.kind !== "wave-closed" || approvesAfterMs === undefined || options.gate?.approval !== true) return;
    void clock.sleep(approvesAfterMs).then(approve);
  };
}

function awaitMishap(stage: Played, mishap: ProcessMishap): void {
  const { store, board } = stage;
  if (mishap.kind === "interrupted") board.await(mishap.cue, mishap.about ?? null, () => interrupt(stage));
  else if ("line" in mishap) store.expect(mishap);
  else board.await(mishap.cue, mishap.about ?? null, () => store.expect({ ...mishap, line: 0 }));
}

/** After the line that gave the cue, or before the next one. */
async function suffer(stage: Played, mishap: Mishap): Promise<void> {
  stage.presence.awayMs = mishap.awayMs ?? null;
  if (!isStandstill(mishap)) {
    noteForAll(stage, mishap.kind === "dies" ? `dies-${mishap.when}-line` : mishap.kind);
    return;
  }
  const { forMs, isSleep } = mishap;
  noteForAll(stage, mishap.kind, `stands still for ${forMs} ms`);
  await stage.clock.sleep(forMs);
  if (isSleep) stage.clock.slept(forMs);
}

function isStandstill(mishap: Mishap): mishap is Extract<LineMishap, { kind: "stands-still" }> {
  return mishap.kind === "stands-still";
}

function beginSecondCopy(stage: Played): void {
  noteForAll(stage, "second-copy");
  stage.presence.onSecondCopy();
}
