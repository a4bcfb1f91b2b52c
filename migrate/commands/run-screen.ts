// What a person sees while a run goes on: a live block on a terminal, plain lines in a pipe, NDJSON with --json.
//
// Invariants
//   on a terminal, what must not be missed (warnings, results) still scrolls by as a line that stays
//   a key leaves its request where the commands leave theirs: the run has one way to be steered
//   leave() comes before anything else is printed, however the run ends

import type { Fleet } from "../../domain/fleet";
import { writeControl } from "../adapters/files/control-file";
import { isForeground } from "../adapters/terminal/foreground";
import { type TerminalScreen, terminalScreen } from "../adapters/terminal/terminal-screen";
import { newRun } from "../core/machine/fold-run";
import type { RunState } from "../core/machine/run-state";
import type { RunRequestWord } from "../core/model/journal-event";
import type { Plan } from "../core/model/plan";
import { type MessageCode, type MessageData, messageKind } from "../messages";
import type { CallCounts } from "../ports/call-gate";
import type { Clock } from "../ports/clock";
import type { Output } from "../ports/output";
import { runFrame, serviceRows } from "../render/run-frame";
import type { RunFrame } from "../render/run-frame-view";
import { isTakenUp, type KeyMode, meaningOf } from "../render/steering-keys";
import type { CommandContext } from "./command-context";
import type { RunCommands } from "./commands-for-run";
import { waitingNow } from "./schedule-now";

export interface RunScreen {
  readonly output: Output;
  /** Called at every turn of the run. */
  show(state: RunState): void;
  /** The last frame stays where it is. */
  leave(): void;
}

export interface RunScreenOptions {
  readonly context: CommandContext;
  readonly plan: Plan;
  readonly fleet: Fleet;
  readonly directory: string;
  readonly clock: Clock;
  readonly calls: () => CallCounts;
  readonly commands: RunCommands;
}

export function runScreen(options: RunScreenOptions): RunScreen {
  const { context, clock } = options;
  if (isLive(context)) return liveScreen(options);
  return { output: context.eventOutput(clock), show: () => {}, leave: () => {} };
}

/** Whether a block that is redrawn can be shown and is wanted; in the background of a shell the terminal is somebody else's. */
export function isLive({ stdout, json, quiet, env }: CommandContext): boolean {
  return stdout.isTTY && !json && !quiet && (env.CI ?? "") === "" && env.TERM !== "dumb" && isForeground();
}

function liveScreen({ context, plan, fleet, directory, clock, calls, commands }: RunScreenOptions): RunScreen {
  const waiting = waitingNow({ plan, fleet });
  let state = newRun(plan);
  let mode: KeyMode = "plain";
  let asked: RunRequestWord | null = null;
  const readsKeys = context.stdin.isTTY;

  const ask = async (request: RunRequestWord): Promise<void> => {
    asked = request;
    try {
      await writeControl(directory, request, clock.nowMs());
    } catch (error) {
      asked = null;
      context.output.emit("run.not-asked", { request, why: error instanceof Error ? error.message : String(error) });
    }
  };
  const screen = frameScreen({
    keys: readsKeys,
    frame: () => ({
      state,
      nowMs: clock.nowMs(),
      commands,
      waiting: waiting(state, clock.nowMs()),
      calls: calls(),
      asked,
      keys: readsKeys ? mode : null,
      worker: { kind: "this-process" },
    }),
    onKey(key) {
      const meaning = meaningOf(key, mode, state);
      mode = meaning.mode;
      if (meaning.request !== null) void ask(meaning.request);
      screen.redraw();
    },
  });
  return {
    output: withoutInfo(context.eventOutput(clock)),
    show(next) {
      state = next;
      if (asked !== null && isTakenUp(asked, state)) asked = null;
      screen.redraw();
    },
    leave() {
      mode = "plain";
      screen.leave();
    },
  };
}

export interface FrameScreenOptions {
  readonly keys: boolean;
  readonly frame: () => Omit<RunFrame, "width" | "height" | "rowsMin">;
  readonly onKey: (key: string) => void;
}

/** Frames on this terminal; what stands below the services keeps its place until the screen has another size. */
export function frameScreen({ keys, frame, onKey }: FrameScreenOptions): TerminalScreen {
  let place = { width: 0, height: 0, rowsMin: 0 };
  return terminalScreen({
    stdout: process.stdout,
    stdin: keys ? process.stdin : null,
    lines({ width, height }) {
      const now = frame();
      const isSameSize = place.width === width && place.height === height && now.state.status !== "finished";
      const whole = { ...now, width, height, rowsMin: isSameSize ? place.rowsMin : 0 };
      place = { width, height, rowsMin: serviceRows(whole) };
      return runFrame(whole);
    },
    onKey,
  });
}

/** On a live screen the block tells what goes on; what must not be missed stays above it. */
export function withoutInfo(output: Output): Output {
  return {
    emit: <C extends MessageCode>(code: C, data: MessageData<C>): void => {
      if (messageKind(code).level !== "info") output.emit(code, data);
    },
  };
}
