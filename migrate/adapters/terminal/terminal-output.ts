// The Output port on a terminal, in a pipe, or as JSON lines.
//
// Invariants
//   with --json every stdout line is `{v, code, at, data}`, and what people read goes to stderr
//   a command that yields a value writes one JSON line; one that tells of events writes a line an event
//   --quiet keeps results and errors; nothing is printed twice

import { type MessageCode, type MessageData, messageKind } from "../../messages";
import type { MessageLevel } from "../../messages/message-kind";
import type { Clock } from "../../ports/clock";
import type { Output } from "../../ports/output";
import type { LineWriter } from "./line-writer";

export const JSON_LINE_VERSION = 1;

/** Whether a command's stdout is one value or a line an event. */
export type Yields = "value" | "events";

export interface TerminalOutputOptions {
  readonly stdout: LineWriter;
  readonly stderr: LineWriter;
  readonly clock: Pick<Clock, "nowMs">;
  readonly yields: Yields;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Whether warnings on stderr are coloured. */
  readonly color: boolean;
  /** Whether a text that tells of something that happened has the time of the clock first (UTC). */
  readonly timed?: boolean;
}

export function terminalOutput(options: TerminalOutputOptions): Output {
  return { emit: (code, data) => emit(options, code, data) };
}

function emit<C extends MessageCode>(options: TerminalOutputOptions, code: C, data: MessageData<C>): void {
  const kind = messageKind(code);
  if (options.quiet && (kind.level === "info" || kind.level === "warning")) return;
  if (kind.audience === (options.json ? "people" : "programs")) return;
  if (options.json && goesToStdout(options.yields, kind.level)) {
    options.stdout.write(jsonLine({ code, data, atMs: options.clock.nowMs() }));
    return;
  }
  const text = `${timeOf(options, kind.level)}${kind.text(data)}`;
  if (!options.json && (kind.level === "result" || (kind.level === "info" && options.yields === "events")))
    options.stdout.write(text);
  else options.stderr.write(kind.level === "warning" ? warning(text, options.color) : text);
}

/** `09:42:10 `, where a reader of lines wants it. */
function timeOf({ timed, clock }: TerminalOutputOptions, level: MessageLevel): string {
  const isEvent = timed === true && (level === "info" || level === "warning");
  return isEvent ? `${new Date(clock.nowMs()).toISOString().slice(11, 19)} ` : "";
}

/** An error stands on stdout too, so that whoever reads JSON lines always gets at least one. */
function goesToStdout(yields: Yields, level: MessageLevel): boolean {
  return yields === "events" || level === "result" || level === "error";
}

function jsonLine({ code, data, atMs }: { code: string; data: unknown; atMs: number }): string {
  return JSON.stringify({ v: JSON_LINE_VERSION, code, at: new Date(atMs).toISOString(), data });
}

function warning(text: string, color: boolean): string {
  return color ? `\u001b[33m${text}\u001b[39m` : text;
}
