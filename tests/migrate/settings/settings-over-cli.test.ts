// The settings file as a person meets it: in the directory, named, misnamed, refused.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { runCli } from "../cli/run-cli";
import { inTemporaryDirectory } from "../files/temporary-directory";
import { payCluster } from "../fleets/service-case";

async function withFleet(use: (cwd: string) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (cwd) => {
    const fleet = payCluster().service("api", { desired: 2 }).build();
    await writeFile(path.join(cwd, "fleet.json"), JSON.stringify(fleet));
    await use(cwd);
  });
}

describe("fargate-cmk.yaml", () => {
  it("is read where the command is called, and what it decides is said", async () => {
    await withFleet(async (cwd) => {
      await writeFile(path.join(cwd, "fargate-cmk.yaml"), "plan:\n  format: md\n");
      const { exitCode, stdout, stderr } = await runCli(["plan"], { cwd });
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /^## /m);
      assert.match(stderr, /^--format from plan\.format in fargate-cmk\.yaml$/m);
      assert.doesNotMatch((await runCli(["plan", "--no-config"], { cwd })).stdout, /^## /m);
      assert.doesNotMatch((await runCli(["plan", "--format", "text"], { cwd })).stdout, /^## /m);
    });
  });

  it("names the place of a value that only the command finds wrong", async () => {
    await withFleet(async (cwd) => {
      await writeFile(path.join(cwd, "nightly.yaml"), "plan:\n  soak: 600\n");
      const { exitCode, stderr } = await runCli(["plan", "--config", "nightly.yaml"], { cwd });
      assert.equal(exitCode, 2);
      assert.match(stderr, /--soak is "600" \(plan\.soak in nightly\.yaml\)\. Give a time such as 90s/);
    });
  });

  it("is missed when it was named, and told when its name is nearly right", async () => {
    await withFleet(async (cwd) => {
      const missed = await runCli(["plan", "--config", "nowhere.yaml"], { cwd });
      assert.deepEqual([missed.exitCode, /cannot read nowhere\.yaml/.test(missed.stderr)], [2, true]);
      await writeFile(path.join(cwd, "fargate-cmk.yml"), "plan:\n  format: md\n");
      assert.match((await runCli(["plan"], { cwd })).stderr, /fargate-cmk\.yml is not read: rename it/);
    });
  });
});
