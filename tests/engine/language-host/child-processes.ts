// The processes that the language host has started and that still run.
// Invariant: after endAll() none is left running.

import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** How a process ended: by itself with a code, or by a signal. */
export type Ending =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: NodeJS.Signals }
  | { readonly kind: "notStarted"; readonly error: Error };

export interface Child {
  readonly process: ChildProcess;
  readonly ending: Promise<Ending>;
}

export class ChildProcesses {
  readonly #running = new Set<ChildProcess>();

  /** Runs a Node.js script with the Node.js that runs now. */
  startNode(args: readonly string[], options: SpawnOptions): Child {
    return this.start(process.execPath, args, options);
  }

  start(command: string, args: readonly string[], options: SpawnOptions): Child {
    const child = spawn(command, args, options);
    this.#running.add(child);
    const ending = endingOf(child).finally(() => this.#running.delete(child));
    return { process: child, ending };
  }

  endAll(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ kind: "notStarted", error }));
    // `close`, not `exit`: what the process said last has been read by then.
    child.once("close", (code, signal) =>
      resolve(signal === null ? { kind: "exited", code: code ?? 1 } : { kind: "signalled", signal }),
    );
  });
}
