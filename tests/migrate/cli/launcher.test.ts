// The committed launcher: which program it starts, and what it says when there is none.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { inTemporaryDirectory } from "../files/temporary-directory";

const PROGRAM = `exports.start = () => process.stdout.write(
  __dirname + " " + process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED + "\\n",
);`;

describe("launcher", () => {
  it("starts the build of a clone", () =>
    inTemporaryDirectory(async (root) => {
      await program(root, "build/js/migrate");
      assert.equal(await launched(root), `${path.join(root, "build/js/migrate")} true\n`);
    }));

  it("starts the program of a packed package", () =>
    inTemporaryDirectory(async (root) => {
      await program(root, "migrate/lib/migrate");
      assert.equal(await launched(root), `${path.join(root, "migrate/lib/migrate")} true\n`);
    }));

  it("says in one line how to build when nothing is built, and fails", () =>
    inTemporaryDirectory(async (root) => {
      assert.equal(await launched(root), "fargate-cmk is not built yet. Run: npm run build\n2");
    }));
});

async function program(root: string, folder: string): Promise<void> {
  await mkdir(path.join(root, folder), { recursive: true });
  await writeFile(path.join(root, folder, "cli.js"), PROGRAM);
}

/** What it said, and its exit code when that is not 0. */
async function launched(root: string): Promise<string> {
  const launcher = path.join(root, "migrate/bin/fargate-cmk.js");
  await mkdir(path.dirname(launcher), { recursive: true });
  await cp(path.resolve("migrate/bin/fargate-cmk.js"), launcher);
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined };
  const { stdout, stderr, status } = spawnSync(process.execPath, [launcher], { encoding: "utf8", env });
  return `${stdout}${stderr}${status === 0 ? "" : status}`;
}
