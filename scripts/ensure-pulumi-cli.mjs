// Finds the Pulumi CLI for the engine tests, or builds it: prints its path on stdout and why it is that one on stderr.

import { buildPulumiCli } from "./build-pulumi-cli.mjs";
import { chooseCli, lookForCli } from "./pulumi-cli.mjs";
import { ROOT } from "./root.mjs";

const found = lookForCli(ROOT);
const { source, file, why } = chooseCli(found);
console.error(`Engine: ${why}.`);
if (source !== "build" || (await buildPulumiCli({ root: ROOT, version: found.pinned, file }))) console.log(file);
else process.exitCode = 1;
