// A command in front of a person: on a real pseudo terminal, with its screen as text, keys to press and a window to resize.

import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { cliCommand } from "../migrate/cli/run-cli";
import { TerminalEmulator } from "../migrate/render-run/terminal-emulator";

export interface SessionOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly width?: number;
  readonly height?: number;
}

/** How the terminal takes what is typed: as a shell needs it, both are true. */
export interface TerminalMode {
  readonly echo: boolean;
  readonly lines: boolean;
}

type Fact = {
  readonly text?: string;
  readonly stopped?: true;
  readonly exit?: number;
  readonly mode?: TerminalMode;
};

const PATIENCE_MS = 30_000;
const TICK_MS = 50;

export class TerminalSession {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #emulator: TerminalEmulator;
  readonly #waiting = new Set<() => void>();
  readonly ended: Promise<number>;
  /** What the last `mode` order, or the end of the command, told. */
  mode: TerminalMode | null = null;
  stops = 0;
  /** Everything that was written to the terminal. */
  written = "";

  private constructor(command: readonly string[], { cwd, env, width = 80, height = 24 }: SessionOptions) {
    this.#emulator = new TerminalEmulator(height, width);
    const script = path.resolve("tests/e2e/pseudo-terminal.py");
    this.#child = spawn("python3", [script, String(width), String(height), ...command], { cwd, env });
    let said = "";
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    this.ended = new Promise((resolve, reject) => {
      createInterface({ input: this.#child.stdout }).on("line", (line) => {
        const fact: Fact = JSON.parse(line);
        this.#take(fact);
        if (fact.exit !== undefined) resolve(fact.exit);
        for (const look of [...this.#waiting]) look();
      });
      this.#child.once("error", reject);
      this.#child.once("close", (code) => reject(new Error(`the terminal itself ended with ${code}: ${said}`)));
    });
    this.ended.catch(() => {});
  }

  /** `fargate-cmk` with these arguments. */
  static cli(args: readonly string[], options: SessionOptions): TerminalSession {
    return new TerminalSession(cliCommand(args), options);
  }

  static of(command: readonly string[], options: SessionOptions): TerminalSession {
    return new TerminalSession(command, options);
  }

  /** The lines that are on the screen now, without empty ones at the end. */
  screen(): string {
    return this.#emulator.visible().join("\n").trimEnd();
  }

  /** What scrolled off and what is on the screen. */
  everything(): string {
    return this.#emulator.shown().join("\n");
  }

  press(keys: string): void {
    this.#order({ keys });
  }

  resize(width: number, height: number): void {
    this.#emulator.resize(width, height);
    this.#order({ size: [width, height] });
  }

  signal(name: NodeJS.Signals): void {
    this.#order({ signal: name });
  }

  hangUp(): void {
    this.#order({ hangup: true });
  }

  async readMode(): Promise<TerminalMode> {
    this.mode = null;
    this.#order({ mode: true });
    await this.until("the terminal tells its mode", () => this.mode !== null);
    return this.mode ?? assert.fail();
  }

  /** Resolves when the screen shows it; at once when it does already. */
  shows(what: RegExp): Promise<void> {
    return this.until(`the screen shows ${what}`, () => what.test(this.screen()));
  }

  until(what: string, isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (how: () => void): void => {
        clearTimeout(timer);
        clearInterval(ticks);
        this.#waiting.delete(look);
        how();
      };
      const look = (): void => {
        if (isSo()) end(resolve);
      };
      const give = (why: string) => end(() => reject(new Error(`${why} before ${what}\n${this.everything()}`)));
      const timer = setTimeout(() => give(`${PATIENCE_MS} ms passed`), PATIENCE_MS);
      // What is waited for may show elsewhere than on the screen.
      const ticks = setInterval(look, TICK_MS);
      this.#waiting.add(look);
      this.ended.then(
        () => {
          look();
          give("the command ended");
        },
        (error: Error) => give(error.message),
      );
      look();
    });
  }

  /** Ends the command, if it has not ended, and waits until it is gone. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    await this.ended.catch(() => {});
  }

  #take({ text, stopped, mode }: Fact): void {
    if (text !== undefined) {
      this.written += text;
      this.#emulator.write(text);
    }
    if (stopped === true) this.stops += 1;
    if (mode !== undefined) this.mode = mode;
  }

  #order(order: Readonly<Record<string, unknown>>): void {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
  }
}
