// `status RUN --watch`: what the run's own terminal shows, from its directory alone, until the run ends or Ctrl-C.
//
// On a terminal the same live block; in a pipe and with --json first the status as it is, then a line an event from then on.
// Returns what the run itself returns when it ends (0 proved, 4 aborted, 5 failed or unproved), 130 after Ctrl-C.
//
// Invariants
//   nothing is written, to the directory or to AWS
//   that nobody works on the run is said once each time it becomes so; the watch goes on, since somebody may take it up

import path from "node:path";
import { announce } from "../drive/announce";
import type { Output } from "../ports/output";
import type { JournalLine } from "../ports/run-store";
import { goOnWords } from "../render/run-frame-notices";
import type { RunFrame } from "../render/run-frame-view";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { commandsForRunIn, type RunCommands } from "./commands-for-run";
import { exitCodeOf } from "./outcome-exit";
import { runClock } from "./run-clock";
import { frameScreen, isLive, withoutInfo } from "./run-screen";
import { runStatus } from "./run-status";
import { waitingNow } from "./schedule-now";
import { WatchedRun, type WatchedStep } from "./watched-run";

/** Between looks at the directory, on this machine's clock. */
const LOOK_MS = 500;

export async function watchRun(directory: string, options: GlobalOptions, context: CommandContext): Promise<number> {
  const run = await WatchedRun.open(directory, context.clock);
  const commands = await commandsForRunIn(directory, run.plan.planId, context.cwd);
  const clock = await runClock(options, context);
  await run.look();
  const nowMs = () => clock.nowMs({ lastSeenMs: run.lastSeenMs, isWorkedOn: run.worker.kind !== "nobody" });
  const watching = { run, commands, context, nowMs };
  const view = isLive(context) ? liveView(watching) : lineView(watching);
  try {
    await watch(watching, view);
  } finally {
    view.leave();
  }
  const { state } = run;
  if (state.status !== "finished") return EXIT.interrupted;
  view.output.emit("status.ended", {
    planId: run.plan.planId,
    outcome: state.outcome,
    tookMs: state.startedAtMs === null || state.endedAtMs === null ? null : state.endedAtMs - state.startedAtMs,
    report: path.join(directory, "report.md"),
  });
  return exitCodeOf(state.outcome);
}

interface Watching {
  readonly run: WatchedRun;
  readonly commands: RunCommands;
  readonly context: CommandContext;
  readonly nowMs: () => number;
}

interface View {
  readonly output: Output;
  /** An event that came while one watches. */
  tell(step: WatchedStep): void;
  redraw(): void;
  leave(): void;
}

async function watch({ run, commands, context }: Watching, view: View): Promise<void> {
  let wasWorkedOn = true;
  while (!context.signal.aborted) {
    const isWorkedOn = run.worker.kind !== "nobody";
    if (wasWorkedOn && !isWorkedOn && run.state.status !== "finished")
      view.output.emit("status.unattended", {
        planId: run.plan.planId,
        next: goOnWords({ state: run.state, commands }),
      });
    wasWorkedOn = isWorkedOn;
    view.redraw();
    if (run.state.status === "finished") return;
    await context.clock.sleep(LOOK_MS, context.signal);
    if (!context.signal.aborted) await run.look((step) => view.tell(step));
  }
}

/** Output whose time is that of the event that is told, and else of the run. */
function timedOutput({ context, nowMs }: Watching): {
  output: Output;
  at: (line: JournalLine, tell: () => void) => void;
} {
  let eventAtMs: number | null = null;
  return {
    output: context.eventOutput({ nowMs: () => eventAtMs ?? nowMs() }),
    at({ at }, tell) {
      eventAtMs = Date.parse(at);
      tell();
      eventAtMs = null;
    },
  };
}

function lineView(watching: Watching): View {
  const { run, commands, nowMs } = watching;
  const { output, at } = timedOutput(watching);
  output.emit("status.read", runStatus({ run, commands, nowMs: nowMs() }));
  return {
    output,
    tell: ({ line, before, after }) => at(line, () => announce({ event: line.event, before, after, output, commands })),
    redraw: () => {},
    leave: () => {},
  };
}

function liveView(watching: Watching): View {
  const { run, commands, context, nowMs } = watching;
  const waiting = waitingNow(run);
  const frame = (): Omit<RunFrame, "width" | "height" | "rowsMin"> => ({
    state: run.state,
    nowMs: nowMs(),
    commands,
    waiting: waiting(run.state, nowMs()),
    calls: null,
    asked: run.request === "none" || (run.request === "pause" && run.state.status === "paused") ? null : run.request,
    keys: null,
    worker: run.worker,
  });
  const screen = frameScreen({ keys: false, frame, onKey: () => {} });
  const { output, at } = timedOutput(watching);
  return {
    // The block itself says who works on the run.
    output: { emit: (code, data) => (code === "status.ended" ? context.output.emit(code, data) : undefined) },
    tell: ({ line, before, after }) =>
      at(line, () => announce({ event: line.event, before, after, output: withoutInfo(output), commands })),
    redraw: () => screen.redraw(),
    leave: () => screen.leave(),
  };
}
