import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { readFolder } from "../../../migrate/adapters/files/read-folder";
import { FOLDER_LIMITS } from "../../../migrate/core/limits";
import { inTemporaryDirectory } from "../files/temporary-directory";

describe("a folder of outputs", () => {
  it("is read with its folders, in one order, under names with slashes", async () => {
    await inTemporaryDirectory(async (directory) => {
      await mkdir(path.join(directory, "b", "c"), { recursive: true });
      for (const name of ["z", "b/y", "b/c/x"]) await writeFile(path.join(directory, name), name);
      const { files, skipped } = await readFolder(directory);
      assert.deepEqual(
        files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
        ["b/c/x", "b/y", "z"].map((name) => [name, name]),
      );
      assert.deepEqual(skipped, []);
    });
  });

  it("that does not exist, or is a file, is an error that says so", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(path.join(directory, "x.json"), "{}");
      await assert.rejects(readFolder(path.join(directory, "none"), "none"), {
        code: "file-unreadable",
        message: "cannot read none: it does not exist",
      });
      await assert.rejects(readFolder(path.join(directory, "x.json"), "x.json"), {
        code: "file-unreadable",
        message: "cannot read x.json: it is not a folder",
        remedy: /give the folder/,
      });
    });
  });

  it("may hold what is no plain file: it is named and never opened", async () => {
    await inTemporaryDirectory(async (directory) => {
      await symlink(path.join(directory, "gone"), path.join(directory, "dangling"));
      await symlink(directory, path.join(directory, "loop"));
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(path.join(directory, "socket"), resolve));
      try {
        const { files, skipped } = await readFolder(directory);
        assert.deepEqual(files, []);
        assert.deepEqual(skipped, [
          { file: "dangling", what: "cannot read dangling: it does not exist" },
          { file: "loop", what: "it is a link to a folder" },
          { file: "socket", what: "it is no plain file" },
        ]);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    });
  });

  it("is read within bounds of depth, size and number", async () => {
    await inTemporaryDirectory(async (directory) => {
      await mkdir(path.join(directory, "one", "two"), { recursive: true });
      for (const name of ["a", "one/b", "one/two/c"]) await writeFile(path.join(directory, name), "12345");
      const shallow = await readFolder(directory, "d", { ...FOLDER_LIMITS, depthMax: 1 });
      assert.deepEqual(shallow.skipped, [{ file: "one/two", what: "folders nest more than 1 deep" }]);
      const small = await readFolder(directory, "d", { ...FOLDER_LIMITS, fileBytesMax: 4 });
      assert.equal(small.files.length, 0);
      assert.equal(small.skipped.length, 3);
      for (const limits of [{ filesMax: 2 }, { totalBytesMax: 14 }])
        await assert.rejects(readFolder(directory, "d", { ...FOLDER_LIMITS, ...limits }), {
          code: "usage",
          message: /^--from-dir is "d", which holds more than /,
        });
    });
  });
});
