// What a person sees while a run goes on: a live block on a terminal, plain lines in a pipe, NDJSON with --json.
// Invariant: on a terminal, what must not be missed (warnings, results) still scrolls by as a line that stays.

import { LiveBlock } from "../adapters/terminal/live-block";
import { newRun } from "../core/machine/fold-run";
import type { RunState } from "../core/machine/run-state";
import type { Plan } from "../core/model/plan";
import { type MessageCode, type MessageData, messageKind } from "../messages";
import type { CallCounts } from "../ports/call-gate";
import type { Clock } from "../ports/clock";
import type { Output } from "../ports/output";
import { runFrame } from "../render/run-frame";
import type { CommandContext } from "./command-context";

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
  readonly clock: Clock;
  readonly calls: () => CallCounts;
  readonly reference: string;
}

export function runScreen(options: RunScreenOptions): RunScreen {
  const { context } = options;
  const isLive =
    context.stdout.isTTY &&
    !context.json &&
    !context.quiet &&
    context.env.CI === undefined &&
    context.env.TERM !== "dumb";
  return isLive ? liveScreen(options) : { output: context.output, show: () => {}, leave: () => {} };
}

function liveScreen({ context, plan, clock, calls, reference }: RunScreenOptions): RunScreen {
  const block = new LiveBlock(process.stdout);
  let state = newRun(plan);
  const draw = () => {
    const { width, height } = context.stdout;
    block.draw(runFrame({ state, nowMs: clock.nowMs(), calls: calls(), reference, width, height }));
  };
  const emit = <C extends MessageCode>(code: C, data: MessageData<C>): void => {
    const kind = messageKind(code);
    if (kind.level !== "info") block.above(kind.text(data));
  };
  return {
    output: { emit },
    show: (next) => {
      state = next;
      draw();
    },
    leave: () => {
      draw();
      block.leave();
    },
  };
}
