// RUN as a person gives it, what stands beside a run, and files that are whole or not there.

import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { forgetControl, readControl, writeControl } from "../../../migrate/adapters/files/control-file";
import { journalFile } from "../../../migrate/adapters/files/journal";
import { readTextFile } from "../../../migrate/adapters/files/read-text-file";
import { findRunDirectory, prepareRunDirectory, runDirectoryFor } from "../../../migrate/adapters/files/run-directory";
import { createFileExclusively, writeFileAtomically } from "../../../migrate/adapters/files/write-file-atomically";
import { FargateCmkError } from "../../../migrate/errors";
import { inTemporaryDirectory } from "./temporary-directory";

describe("run directory", () => {
  it("is found by its path, by its id and by the beginning of its id", () =>
    inTemporaryDirectory(async (cwd) => {
      const directory = await aRun(cwd, "3f9a1c77");
      await aRun(cwd, "77aa0000");
      for (const run of [directory, "3f9a1c77", "3f"]) assert.equal(await findRunDirectory(run, cwd), directory);
    }));

  it("is not found by the beginning of two ids, and both are named", () =>
    inTemporaryDirectory(async (cwd) => {
      await aRun(cwd, "3f9a1c77");
      await aRun(cwd, "3fbb0000");
      await assert.rejects(findRunDirectory("3f", cwd), told("not-a-run", /"3f"/, /3f9a1c77, 3fbb0000/));
    }));

  it("says which runs there are when the one that was asked for is not", () =>
    inTemporaryDirectory(async (cwd) => {
      await assert.rejects(
        findRunDirectory("beef", cwd),
        told("not-a-run", /"beef"/, /there is no run in fargate-cmk-runs here/),
      );
    }));

  it("is not a directory that only holds a plan and its fleet", () =>
    inTemporaryDirectory(async (cwd) => {
      for (const name of ["plan.json", "fleet.json"]) await writeFile(path.join(cwd, name), "{}");
      await assert.rejects(
        findRunDirectory(".", cwd),
        told("not-a-run", /"\." holds a plan, but no journal/, /started/),
      );
    }));

  it("is not one that was refused before it began, by the beginning of its id either", () =>
    inTemporaryDirectory(async (cwd) => {
      await prepareRunDirectory({ directory: runDirectoryFor("3f9a", cwd), planText: "plan", fleetText: "fleet" });
      await assert.rejects(
        findRunDirectory("3f", cwd),
        told("not-a-run", /"3f" holds a plan, but no journal/, /started/),
      );
    }));

  it("takes the same plan and fleet again and refuses others", () =>
    inTemporaryDirectory(async (cwd) => {
      const files = { directory: runDirectoryFor("3f9a", cwd), planText: "plan", fleetText: "fleet" };
      await prepareRunDirectory(files);
      await prepareRunDirectory(files);
      await assert.rejects(
        prepareRunDirectory({ ...files, fleetText: "another" }),
        told("plan-mismatch", /fleet\.json differs/, /--run-dir/),
      );
      assert.equal(await readFile(path.join(files.directory, "fleet.json"), "utf8"), "fleet");
    }));
});

describe("control file", () => {
  it("tells the last request that was left, and none before any", () =>
    inTemporaryDirectory(async (directory) => {
      assert.equal(await readControl(directory), "none");
      await writeControl(directory, "pause", 0);
      await writeControl(directory, "abort", 1);
      assert.equal(await readControl(directory), "abort");
    }));

  it("forgets a resume or an abort that was taken up, but not a pause", () =>
    inTemporaryDirectory(async (directory) => {
      for (const [request, after] of [
        ["resume", "none"],
        ["abort", "none"],
        ["pause", "pause"],
      ] as const) {
        await writeControl(directory, request, 0);
        await forgetControl(directory);
        assert.equal(await readControl(directory), after);
      }
    }));

  it("is an error when it cannot be understood, never none", () =>
    inTemporaryDirectory(async (directory) => {
      for (const text of ["", "{}", '{"request":"stop"}', "[]"]) {
        await writeFile(path.join(directory, "control.json"), text);
        await assert.rejects(
          readControl(directory),
          told("wrong-shape", /control\.json/, /pause, resume,? .*or abort/),
        );
      }
    }));
});

describe("files", () => {
  it("are replaced whole, for their owner only, and leave no temporary file", () =>
    inTemporaryDirectory(async (directory) => {
      const file = path.join(directory, "plan.json");
      await writeFileAtomically(file, "first");
      await writeFileAtomically(file, "second");
      assert.equal(await readFile(file, "utf8"), "second");
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      assert.deepEqual(await readdir(directory), ["plan.json"]);
    }));

  it("are created by one of many at the same moment only", () =>
    inTemporaryDirectory(async (directory) => {
      const file = path.join(directory, "claim");
      const created = await Promise.all(["a", "b", "c", "d"].map((text) => createFileExclusively(file, text)));
      assert.equal(created.filter(Boolean).length, 1);
      assert.deepEqual(await readdir(directory), ["claim"]);
    }));

  it("that cannot be written name themselves, the reason and the next step", () =>
    inTemporaryDirectory(async (directory) => {
      const file = path.join(directory, "missing", "plan.json");
      await assert.rejects(
        writeFileAtomically(file, "x"),
        told("file-unwritable", /missing.plan\.json: its directory does not exist/, /path/),
      );
      await mkdir(path.join(directory, "taken"));
      await assert.rejects(
        writeFileAtomically(path.join(directory, "taken"), "x"),
        told("file-unwritable", /taken/, /./),
      );
      assert.deepEqual(await readdir(directory), ["taken"]);
    }));

  it("that cannot be read name themselves, the reason and the next step", () =>
    inTemporaryDirectory(async (directory) => {
      await assert.rejects(readTextFile(directory), told("file-unreadable", /it is a directory/, /check/));
      await assert.rejects(
        readTextFile(path.join(directory, "x")),
        told("file-unreadable", /x: it does not exist/, /check/),
      );
    }));
});

async function aRun(cwd: string, planId: string): Promise<string> {
  const directory = runDirectoryFor(planId, cwd);
  await prepareRunDirectory({ directory, planText: "{}", fleetText: "{}" });
  await writeFile(journalFile(directory), "");
  return directory;
}

function told(code: string, message: RegExp, remedy: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof FargateCmkError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.match(error.remedy, remedy);
    return true;
  };
}
