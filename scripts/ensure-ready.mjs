// Makes a clone ready to run: installs the packages and builds, each only when needed, and says one line for each.
// Invariant: when nothing is to be done it prints nothing and takes a blink.

import { buildUp } from "./build-up.mjs";
import { ROOT } from "./root.mjs";

const NODE_MIN = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
  console.error(`This needs Node.js ${NODE_MIN.join(".")} or newer; ${process.versions.node} is running.`);
  process.exit(1);
}

const { packagesBelong } = await import("./build-state.mjs");
if (!packagesBelong(ROOT)) {
  const { quietCommand } = await import("./quiet-command.mjs");
  console.error("Installing the packages of package-lock.json (once) …");
  if (!quietCommand("npm", ["ci", "--loglevel=error", "--ignore-scripts"], { cwd: ROOT })) {
    console.error("npm ci failed; what it said stands above.");
    process.exit(1);
  }
}
if (!buildUp(ROOT)) process.exit(1);
