// Finds the generator of Python packages for the engine tests, or builds it: prints its path on stdout and what it does on stderr.
// It is Pulumi's own, of the version that the CLI is pinned to. After the CLI has been built it takes seconds.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { buildWithGo } from "./build-pulumi-cli.mjs";
import { buildArguments, CLI_MODULE, cacheFolder, keyOf, pinnedVersion } from "./pulumi-cli.mjs";
import { ROOT } from "./root.mjs";

const PACKAGE = "./python-sdk";

const version = pinnedVersion(readFileSync(path.join(ROOT, CLI_MODULE, "go.mod"), "utf8"));
const argumentsFor = (output) => buildArguments(version, output, PACKAGE);
const key = keyOf({
  root: ROOT,
  name: `python-sdk-${version}`,
  sources: ["go.mod", "go.sum", "python-sdk/main.go"],
  args: argumentsFor(""),
});
const file = path.join(cacheFolder(process.env), key, "bin", "python-sdk");
const isThere =
  existsSync(file) ||
  (await buildWithGo({
    root: ROOT,
    file,
    what: `Pulumi's generator of Python packages, ${version}`,
    duration: "seconds where the Pulumi CLI was built, minutes elsewhere",
    argumentsFor,
    without: "Install Go 1.26 or newer (https://go.dev/doc/install).",
  }));
if (isThere) console.log(file);
else process.exitCode = 1;
