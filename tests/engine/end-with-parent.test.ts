import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";

const OURS = JSON.stringify(path.join(__dirname, "end-with-parent.js"));
/** Ends by itself at last, should the watch not work, so that nothing is left over. */
const WATCHING = `require(${OURS}).endWithParent(); setTimeout(() => {}, 20000); process.stdout.write("watching")`;
/** Starts the watching process in a group of its own, as the engine does, and is gone once that watches. */
const PARENT = `
  const child = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(WATCHING)}],
    { detached: true, stdio: ["ignore", "pipe", "inherit", 3] });
  child.stdout.once("data", () => process.exit(0));`;

describe("a plugin of the tests", () => {
  it("ends when the process that started it is gone", async () => {
    const parent = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "ignore", "inherit", "pipe"] });
    const held = parent.stdio[3];
    assert.ok(held !== null && held !== undefined && "resume" in held);
    held.resume();
    const startedAtMs = performance.now();
    // The pipe is open as long as one of the two runs.
    await new Promise((resolve) => held.once("close", resolve));
    assert.ok(performance.now() - startedAtMs < 15_000, "it ran on until its own end");
  });
});
