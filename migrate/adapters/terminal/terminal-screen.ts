// A live block on the terminal of this process, with its keys, through everything that happens to a terminal: resized, suspended,
// sent to the background, hung up.
//
// Invariants
//   in the background nothing is drawn and no key is read; lines that stay are written plainly
//   while it is there, whatever is written line by line to the terminal stands above the block
//   suspended by Ctrl-Z or a signal, the terminal is as the shell expects it; continued, the block is drawn below what came since
//   leave() is needed however the work ends, and takes every handler away

import { isForeground } from "./foreground";
import { type KeyPresses, type KeySource, keyPresses } from "./key-presses";
import { divertLines } from "./line-writer";
import { LiveBlock } from "./live-block";

export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

export interface TerminalScreen {
  redraw(): void;
  /** The last frame stays where it is. */
  leave(): void;
}

export interface TerminalScreenOptions {
  readonly stdout: NodeJS.WriteStream;
  /** The keys of this terminal; null where they are not read. */
  readonly stdin: KeySource | null;
  /** The lines of the block as they are now. */
  readonly lines: (size: ScreenSize) => readonly string[];
  readonly onKey: (key: string) => void;
}

/** Times on the block go on between events. */
const REDRAW_MS = 1_000;
const WIDTH_MIN = 20;

export function terminalScreen({ stdout, stdin, lines, onKey }: TerminalScreenOptions): TerminalScreen {
  const block = new LiveBlock(stdout);
  const keys: KeyPresses | null = stdin === null ? null : keyPresses({ source: stdin, onKey, send });
  let isShown = true;
  let isLeft = false;

  const redraw = (): void => {
    if (isShown) block.draw(lines(sizeOf(stdout)));
  };
  const onResize = (): void => {
    block.resized(sizeOf(stdout).width);
    redraw();
  };
  const onSuspend = (): void => {
    keys?.stop();
    process.kill(process.pid, "SIGSTOP");
  };
  const onContinue = (): void => {
    block.leave();
    isShown = isForeground();
    if (isShown) keys?.start();
    else keys?.letGo();
    redraw();
  };
  // A shell that brings a job to the front which was going on in the background sends it nothing.
  const onTick = (): void => {
    if (isShown) redraw();
    else if (isForeground()) onContinue();
  };

  stdout.on("resize", onResize);
  process.on("SIGTSTP", onSuspend);
  process.on("SIGCONT", onContinue);
  const endDiversion = divertLines({
    write: (text) => (isShown ? block.above(text) : void stdout.write(`${text}\n`)),
  });
  const timer = setInterval(onTick, REDRAW_MS);
  timer.unref();
  keys?.start();
  return {
    redraw,
    leave() {
      if (isLeft) return;
      isLeft = true;
      clearInterval(timer);
      stdout.off("resize", onResize);
      process.off("SIGTSTP", onSuspend);
      process.off("SIGCONT", onContinue);
      redraw();
      block.leave();
      endDiversion();
      keys?.stop();
    },
  };
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): ScreenSize {
  return { width: Math.max(WIDTH_MIN, columns || 80), height: rows || 24 };
}

/** To the whole group, as the terminal does it. */
function send(signal: NodeJS.Signals): void {
  process.kill(0, signal);
}
