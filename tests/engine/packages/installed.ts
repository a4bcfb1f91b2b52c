// A folder into which a stranger installs packages: empty but for what npm puts there.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Installed {
  readonly folder: string;
  run(command: string, ...args: readonly string[]): string;
  write(file: string, text: string): void;
  remove(): void;
}

const LIMIT_MS = 300_000;

/** Makes the tarball of one package, as `npm run pack` does; its path. */
export function packed(name: string): string {
  return runIn(process.cwd(), process.execPath, ["scripts/pack.mjs", name]).trim();
}

/** Installs tarballs and `name@version`s. */
export function install(packages: readonly string[]): Installed {
  const folder = mkdtempSync(path.join(tmpdir(), "fargate-cmk-installed-"));
  const remove = () => {
    process.off("exit", remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  write("package.json", JSON.stringify({ name: "strangers-project", private: true }));
  runIn(folder, "npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages]);
  return { folder, write, remove, run: (command, ...args) => runIn(folder, command, args) };
}

/** `name@version` as the repository pins it, so that a test does not depend on what was published since. */
export function pinned(name: string): string {
  const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    devDependencies: Readonly<Record<string, string>>;
  };
  const version = devDependencies[name];
  if (version === undefined) throw new Error(`${name} is no development dependency of the repository`);
  return `${name}@${version}`;
}

function runIn(cwd: string, command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: LIMIT_MS });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} ended with ${status} in ${cwd}:\n${stdout}${stderr}`);
}
