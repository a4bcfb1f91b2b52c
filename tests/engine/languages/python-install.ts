// What a user of examples/python has after `pulumi install`: the generated package, and a virtual environment with all requirements.

import { spawnSync } from "node:child_process";
import path from "node:path";
import type { Environment } from "../../e2e/simulated-account";
import { succeeded } from "../pulumi-process";
import type { Example } from "./example";
import { GENERATOR_VARIABLE } from "./python-host/python-package";

const LIMIT_MS = 300_000;
const CONSTRAINTS = "tests/engine/languages/constraints.txt";

/** The generator of packages, built when this machine has none yet. Tests run from the root. */
export function pythonEnvironment(): Environment {
  return { [GENERATOR_VARIABLE]: run(process.cwd(), process.execPath, ["scripts/ensure-python-sdk.mjs"]).trim() };
}

/** The Python SDK is the one that the constraints pin, so that a test does not depend on what was published since. */
export async function installPython({ folder, project }: Example): Promise<void> {
  succeeded(await project.install());
  run(folder, "python3", ["-m", "venv", "venv"]);
  const quietly = ["install", "--quiet", "--disable-pip-version-check"];
  run(folder, "venv/bin/pip", [...quietly, "-r", "requirements.txt", "-c", path.resolve(CONSTRAINTS)]);
}

function run(cwd: string, command: string, args: readonly string[]): string {
  const file = command.includes("/") ? path.resolve(cwd, command) : command;
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, encoding: "utf8", timeout: LIMIT_MS });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} ended with ${status} in ${cwd}:\n${error?.message ?? stdout + stderr}`);
}
