// Executables by which the engine finds our plugins: it looks for `pulumi-<kind>-<name>` on PATH and asks for no more than a program of
// that name. So no Pulumi.yaml has to name test tooling.
// Invariant: they run the build that this file belongs to, with the Node.js that runs the tests.

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { engineFolders } from "./engine-environment";

/** Writes the launchers into a project's folder. */
export function writeLaunchers(folder: string): void {
  const { languageHost, awsProvider } = engineFolders(folder);
  writeLauncher(path.join(languageHost, "pulumi-language-nodejs"), "language-host/main.js");
  writeLauncher(path.join(languageHost, "pulumi-language-python"), "languages/python-host/main.js", [
    path.resolve("tests/engine/languages/python-host/execute.py"),
  ]);
  writeLauncher(path.join(languageHost, "pulumi-language-yaml"), "languages/yaml-host/main.js");
  writeLauncher(path.join(awsProvider, "pulumi-resource-aws"), "aws-provider/main.js");
}

function writeLauncher(file: string, script: string, args: readonly string[] = []): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const command = [process.execPath, path.join(__dirname, script), ...args].map(quoted).join(" ");
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(file, 0o755);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
