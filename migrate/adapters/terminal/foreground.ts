// Whether this process has the terminal, or works in the background of a shell.
//
// A background process that changes the terminal's mode is stopped by the system (SIGTTOU, POSIX tcsetattr), so a run that was
// sent to the background must not try. Node offers no tcgetpgrp.
// Invariant: where it cannot be found out the answer is no: keys are not read then, and nothing is lost.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export function isForeground(): boolean {
  return byProcessFile() ?? byProcessList();
}

/** proc(5): after the command's name in brackets, fields 5 (process group) and 8 (the terminal's foreground group). */
function byProcessFile(): boolean | null {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return group !== undefined && group === foreground;
  } catch {
    return null;
  }
}

/** ps(1) marks processes of the foreground group with a plus, on macOS and the BSDs too. */
function byProcessList(): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(process.pid)], { encoding: "utf8" });
  return typeof stdout === "string" && stdout.includes("+");
}
