// The demo as a person types it twice: into the same directory, which then holds the second story.

import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { runCli } from "../migrate/cli/run-cli";
import { inTemporaryDirectory } from "../migrate/files/temporary-directory";

describe("demo", () => {
  it("takes the directory of an earlier one, whatever that one wrote, and no other", async () => {
    await inTemporaryDirectory(async (directory) => {
      const out = path.join(directory, "demo");
      const first = await runCli(["demo", "--quiet", "--out", out], { cwd: directory });
      assert.equal(first.exitCode, 0, first.stderr);
      const [written, fleet] = [await readdir(out), await readFile(path.join(out, "fleet.json"), "utf8")];
      const second = await runCli(["demo", "--quiet", "--out", out, "--seed", "2"], { cwd: directory });
      assert.equal(second.exitCode, 0, second.stderr);
      assert.deepEqual(await readdir(out), written);
      assert.notEqual(await readFile(path.join(out, "fleet.json"), "utf8"), fleet);
      await writeFile(path.join(out, "thesis.txt"), "mine");
      const third = await runCli(["demo", "--quiet", "--out", out], { cwd: directory });
      assert.deepEqual([third.exitCode, /holds thesis\.txt, which no demo wrote/.test(third.stderr)], [3, true]);
    });
  });
});
