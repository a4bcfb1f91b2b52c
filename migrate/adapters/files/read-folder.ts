// All files of a folder and its folders, whole, within bounds.
//
// Invariants
//   one file that cannot be read is told and passed over; a folder that cannot be read at all is an error
//   links to folders are not followed, and what is no plain file is not opened
//   names are relative to the folder, with slashes on every system, in one order

import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { FOLDER_LIMITS, type FolderLimits } from "../../core/limits";
import type { OutputFile, OutputRemark } from "../../core/offline/outputs";
import { FargateCmkError } from "../../errors";
import { systemCode, unreadable } from "./file-failure";

export interface FolderRead {
  readonly files: readonly OutputFile[];
  readonly skipped: readonly OutputRemark[];
}

/** `shown` is the path as its user typed it, for errors. @throws FargateCmkError `file-unreadable`, `usage` */
export async function readFolder(
  folder: string,
  shown = folder,
  limits: FolderLimits = FOLDER_LIMITS,
): Promise<FolderRead> {
  const walk: Walk = { folder, shown, limits, names: [], skipped: [] };
  try {
    await collectNames(walk, "", await readdir(folder, { withFileTypes: true }));
  } catch (error) {
    throw systemCode(error) === "ENOTDIR" ? notAFolder(shown) : asUnreadable(shown, error);
  }
  const files: OutputFile[] = [];
  let totalBytes = 0;
  for (const name of walk.names.toSorted()) {
    const file = await readOne(walk, name);
    if (file === null) continue;
    totalBytes += file.bytes.length;
    if (totalBytes > limits.totalBytesMax) throw tooMuch(shown, `more than ${mebibytes(limits.totalBytesMax)}`);
    files.push(file);
  }
  return { files, skipped: walk.skipped };
}

interface Walk {
  readonly folder: string;
  readonly shown: string;
  readonly limits: FolderLimits;
  readonly names: string[];
  readonly skipped: OutputRemark[];
}

async function collectNames(walk: Walk, below: string, entries: readonly Dirent[]): Promise<void> {
  const depth = below === "" ? 0 : below.split("/").length;
  for (const entry of entries) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (!entry.isDirectory()) walk.names.push(name);
    else if (depth >= walk.limits.depthMax) skip(walk, name, `folders nest more than ${walk.limits.depthMax} deep`);
    else await collectBelow(walk, name);
    if (walk.names.length > walk.limits.filesMax) throw tooMuch(walk.shown, `more than ${walk.limits.filesMax} files`);
  }
}

async function collectBelow(walk: Walk, name: string): Promise<void> {
  let entries: readonly Dirent[];
  try {
    entries = await readdir(path.join(walk.folder, name), { withFileTypes: true });
  } catch (error) {
    skip(walk, name, reasonOf(name, error));
    return;
  }
  await collectNames(walk, name, entries);
}

async function readOne(walk: Walk, name: string): Promise<OutputFile | null> {
  const file = path.join(walk.folder, name);
  try {
    const facts = await stat(file);
    if (facts.isDirectory()) return skip(walk, name, "it is a link to a folder");
    if (!facts.isFile()) return skip(walk, name, "it is no plain file");
    const { fileBytesMax } = walk.limits;
    if (facts.size > fileBytesMax) return skip(walk, name, `it is larger than ${mebibytes(fileBytesMax)}`);
    return { name, bytes: await readFile(file) };
  } catch (error) {
    return skip(walk, name, reasonOf(name, error));
  }
}

function skip(walk: Walk, file: string, what: string): null {
  walk.skipped.push({ file, what });
  return null;
}

function reasonOf(name: string, error: unknown): string {
  return unreadable(name, error).message;
}

function asUnreadable(shown: string, error: unknown): FargateCmkError {
  return error instanceof FargateCmkError ? error : unreadable(shown, error);
}

function notAFolder(shown: string): FargateCmkError {
  return new FargateCmkError("file-unreadable", {
    message: `cannot read ${shown}: it is not a folder`,
    remedy: "give the folder that holds the outputs of the AWS CLI",
  });
}

function tooMuch(shown: string, what: string): FargateCmkError {
  return new FargateCmkError("usage", {
    message: `--from-dir is ${JSON.stringify(shown)}, which holds ${what}`,
    remedy: "give a folder that holds the outputs of the AWS CLI and nothing else",
  });
}

function mebibytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}
