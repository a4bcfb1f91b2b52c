// Loaded before the command (--require): files of one name find no space after so many writes. Nothing else of the system is touched.
//
// FULL_DISK holds `{"name": "journal.jsonl", "writesFit": 12}`; a temporary file of that name's counts as the file.

import promises, { type FileHandle } from "node:fs/promises";
import path from "node:path";

export interface FullDisk {
  readonly name: string;
  readonly writesFit: number;
}

export function fullDiskEnvironment(disk: FullDisk): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--require ${__filename}`, FULL_DISK: JSON.stringify(disk) };
}

function fill({ name, writesFit }: FullDisk): void {
  const open = promises.open;
  let left = writesFit;
  const beforeWrite = async (text: unknown, appendHalf: (half: string) => Promise<unknown>): Promise<void> => {
    left -= 1;
    if (left >= 0) return;
    await appendHalf(String(text).slice(0, 20));
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  };
  promises.open = async (file, flags, mode) => {
    const handle = await open(file, flags, mode);
    if (!path.basename(String(file)).replace(/^\./, "").startsWith(name)) return handle;
    const write: FileHandle["write"] = handle.write.bind(handle);
    const writeFile: FileHandle["writeFile"] = handle.writeFile.bind(handle);
    const appendHalf = (half: string): Promise<unknown> => write(half);
    handle.write = (async (bytes: Buffer, offset: number, length: number, position?: number) => {
      await beforeWrite(bytes.subarray(offset).toString("utf8"), appendHalf);
      return write(bytes, offset, length, position);
    }) as FileHandle["write"];
    handle.writeFile = async (text, options) => {
      await beforeWrite(text, appendHalf);
      return writeFile(text, options);
    };
    return handle;
  };
}

if (process.env.FULL_DISK !== undefined) fill(JSON.parse(process.env.FULL_DISK));
