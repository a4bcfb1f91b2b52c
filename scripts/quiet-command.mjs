// Runs a command without a word and shows what it said only when it failed.

import { spawnSync } from "node:child_process";

const OUTPUT_MAX_BYTES = 64 * 1024 * 1024;

/** True when the command ended well. */
export function quietCommand(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: OUTPUT_MAX_BYTES,
    ...options,
  });
  if (status === 0) return true;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}${error === undefined ? "" : `${error.message}\n`}`);
  return false;
}
