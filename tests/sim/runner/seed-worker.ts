// A worker process as its parent sees it: one seed goes in, one result comes out, whatever becomes of the process.
// Invariant: a process that ends or is late is named with the seed that it lived.

import { type ChildProcess, fork } from "node:child_process";
import type { SeedResult, SeedWanted } from "./live-seed";

/** Says when a life has taken too long; what it returns takes the watch away. */
export type LateWatch = (seed: number, late: () => void) => () => void;

export const LIFE_LIMIT_MS = 240_000;

/** A life takes half a second; the longest of thousands, on a busy machine, took a minute. */
export const realLateWatch: LateWatch = (_, late) => {
  const timer = setTimeout(late, LIFE_LIMIT_MS);
  return () => clearTimeout(timer);
};

export class SeedWorker {
  #child: ChildProcess;
  #said = "";
  #over = false;

  constructor(file: string) {
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
    this.#child = fork(file, { stdio: ["ignore", "ignore", "pipe", "ipc"], env });
    this.#child.stderr?.on("data", (chunk: Buffer) => {
      this.#said = `${this.#said}${chunk}`.slice(-SAID_MAX);
    });
    this.#child.once("close", () => {
      this.#over = true;
    });
  }

  get isOver(): boolean {
    return this.#over;
  }

  live(wanted: SeedWanted, watch: LateWatch): Promise<SeedResult> {
    const child = this.#child;
    const broken = (what: string): SeedResult => ({ kind: "broken", seed: wanted.seed, what });
    return new Promise((resolve) => {
      let isLate = false;
      const unwatch = watch(wanted.seed, () => {
        isLate = true;
        this.end();
      });
      const settle = (result: SeedResult) => {
        unwatch();
        child.off("message", settle);
        child.off("close", onClose);
        resolve(result);
      };
      // Not "exit": what it wrote last is read only when its output is closed.
      const onClose = (code: number | null, signal: string | null) => {
        const how = isLate
          ? "it did not come to an end in the time that a life is given, and was killed"
          : `its process ended with ${signal ?? `exit code ${code}`}`;
        settle(broken([how, this.#said.trim()].filter((part) => part !== "").join("\n")));
      };
      child.once("message", settle);
      child.once("close", onClose);
      if (this.#over) onClose(child.exitCode, child.signalCode);
      else child.send(wanted, () => {});
    });
  }

  end(): void {
    this.#child.kill("SIGKILL");
  }
}

const SAID_MAX = 4_000;
