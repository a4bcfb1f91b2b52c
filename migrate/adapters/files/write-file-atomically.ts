// Writes a file so that a reader, or a crash at any instant, sees the old content or the new, never a part.
//
// Invariants
//   the text is on disk before the name points to it, and the name is on disk before this returns
//   the temporary file stands in the same directory and is removed when anything fails
//   files are readable by their owner only (mode 0600): they name a company's services and keys

import { randomUUID } from "node:crypto";
import { access, constants, link, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { systemCode, unwritable } from "./file-failure";

const OWNER_ONLY = 0o600;

/** `shown` is the path as its user typed it, for the error. @throws FargateCmkError `file-unwritable` */
export async function writeFileAtomically(file: string, text: string, shown = file): Promise<void> {
  await throughTemporaryFile({ file, text, shown, place: (temporary) => rename(temporary, file) });
}

/** Before a long piece of work whose result is to be written there. @throws FargateCmkError `file-unwritable` */
export async function checkWritable(file: string, shown = file): Promise<void> {
  try {
    await access(path.dirname(file), constants.W_OK);
  } catch (error) {
    throw unwritable(shown, error);
  }
}

/** Creates the file with its whole content at once; false when it exists already. @throws FargateCmkError `file-unwritable` */
export async function createFileExclusively(file: string, text: string): Promise<boolean> {
  try {
    await throughTemporaryFile({
      file,
      text,
      shown: file,
      async place(temporary) {
        await link(temporary, file);
        await rm(temporary, { force: true });
      },
    });
    return true;
  } catch (error) {
    if (error instanceof Error && systemCode(error.cause) === "EEXIST") return false;
    throw error;
  }
}

/** Makes a changed name durable. Systems that cannot sync a directory are left to their own order of writes. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EPERM"].includes(systemCode(error) ?? "")) throw error;
  } finally {
    await handle.close();
  }
}

interface WholeFile {
  readonly file: string;
  readonly text: string;
  readonly shown: string;
  place(temporary: string): Promise<void>;
}

async function throughTemporaryFile({ file, text, shown, place }: WholeFile): Promise<void> {
  const directory = path.dirname(file);
  const temporary = path.join(directory, `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeDurably(temporary, text);
    await place(temporary);
    await syncDirectory(directory);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(shown, error);
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", OWNER_ONLY);
  try {
    await handle.writeFile(text, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
}
