// Builds the Pulumi CLI, and what else the engine tests need of Pulumi, from the Go module proxy: for machines that reach package
// registries only.
//
// Invariants
//   the file appears whole or not at all: it is built under another name and renamed
//   two builds at once do not disturb each other; the last to end is kept, and a CLI that runs from the other goes on
//   a build that fails or is interrupted leaves nothing

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { buildArguments, CLI_MODULE } from "./pulumi-cli.mjs";

const INTERRUPTIONS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** `file` is `<cache>/<key>/bin/pulumi`. True when it stands there afterwards. What happens is said on stderr. */
export function buildPulumiCli({ root, version, file }) {
  return buildWithGo({
    root,
    file,
    what: `the Pulumi CLI ${version}`,
    duration: "about five minutes on two cores",
    argumentsFor: (output) => buildArguments(version, output),
    without:
      `Either install Pulumi ${version} or newer (https://www.pulumi.com/docs/install/), so that \`pulumi\` is on PATH, ` +
      "or install Go 1.26 or newer (https://go.dev/doc/install).",
  });
}

/**
 * Builds `file`, which is `<cache>/<key>/bin/<name>`, in the module that pins the CLI. `argumentsFor` gives Go's arguments for a file to
 * write; `without` says what to do where there is no Go. True when the file stands there afterwards.
 */
export async function buildWithGo({ root, file, what, duration, argumentsFor, without }) {
  if (!hasGo()) {
    console.error(`The engine tests need ${what}, and Go to build it is not installed. ${without}`);
    return false;
  }
  console.error(`Building ${what} from source, once on this machine: ${duration} …`);
  const startedAtMs = Date.now();
  const cache = path.resolve(file, "../../..");
  mkdirSync(cache, { recursive: true });
  const attempt = mkdtempSync(path.join(cache, "building-"));
  const output = path.join(attempt, path.basename(file));
  const failure = await goBuild({ cwd: path.join(root, CLI_MODULE), args: argumentsFor(output), attempt });
  if (failure === null) {
    mkdirSync(path.dirname(file), { recursive: true });
    renameSync(output, file);
  }
  rmSync(attempt, { recursive: true, force: true });
  if (failure !== null) {
    console.error(
      `${what[0].toUpperCase()}${what.slice(1)} could not be built: ${failure}. What Go said stands above.`,
    );
  } else console.error(`Built in ${Math.round((Date.now() - startedAtMs) / 1000)} s and kept as ${file}`);
  return failure === null;
}

/** Null when it went well, else how it ended. */
function goBuild({ cwd, args, attempt }) {
  let go;
  const stop = (signal) => {
    go?.kill(signal);
    rmSync(attempt, { recursive: true, force: true });
    process.exit(1);
  };
  // Before Go starts: an interruption may come with its first word.
  for (const signal of INTERRUPTIONS) process.once(signal, stop);
  go = spawn("go", args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    // The module's own go.sum decides what is built: neither a workspace nor flags of the user, and with the Go that is installed.
    env: { ...process.env, CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOWORK: "off", GOFLAGS: "-mod=readonly" },
  });
  return new Promise((resolve) => {
    const end = (failure) => {
      for (const signal of INTERRUPTIONS) process.off(signal, stop);
      resolve(failure);
    };
    go.once("error", (error) => end(error.message));
    go.once("close", (code, signal) => end(code === 0 ? null : `go ended with ${signal ?? code}`));
  });
}

function hasGo() {
  return spawnSync("go", ["version"], { stdio: "ignore" }).status === 0;
}
