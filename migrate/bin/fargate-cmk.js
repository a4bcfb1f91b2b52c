#!/usr/bin/env node
// The command's launcher: finds the built program, in a clone or in a packed package, and starts it.
// It is committed because npm links no command that does not exist yet at install time.

const { existsSync } = require("node:fs");
const path = require("node:path");

const PROGRAM_PLACES = ["../../build/js/migrate/cli.js", "../lib/migrate/cli.js"];

// The AWS SDK announces the end of Node 20 on stderr at every start; the versions that it names are this package's to choose.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
if (process.argv.includes("--debug")) process.setSourceMapsEnabled(true);

const program = PROGRAM_PLACES.map((place) => path.resolve(__dirname, place)).find((file) => existsSync(file));
if (program === undefined) {
  process.stderr.write("fargate-cmk is not built yet. Run: npm run build\n");
  process.exitCode = 2;
} else {
  require(program).start();
}
