// Turns what the operating system says about a file into an error with a next step.
// Invariant: the message names the file; the remedy is something that its reader can do.

import { type ErrorCode, FargateCmkError } from "../../errors";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of its path is not a directory",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than is allowed here",
  EROFS: "the file system is read-only",
  EMFILE: "too many files are open",
};

const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT: "check the path",
  ENOSPC: "free some space, then run the same command again: it goes on from the journal",
  EDQUOT: "free some space, then run the same command again: it goes on from the journal",
};

export function unreadable(file: string, cause: unknown): FargateCmkError {
  const remedy = "check the path and its permissions";
  return failure("file-unreadable", { doing: `read ${file}`, cause, missing: "it does not exist", remedy });
}

export function unwritable(file: string, cause: unknown): FargateCmkError {
  const remedy = "choose another place, or mend its permissions";
  const missing = "its directory does not exist";
  return failure("file-unwritable", { doing: `write ${file}`, cause, missing, remedy });
}

/** The code of an operating system error, or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

interface FileFailure {
  readonly doing: string;
  readonly cause: unknown;
  /** What it means that the system found nothing at the path. */
  readonly missing: string;
  readonly remedy: string;
}

function failure(code: ErrorCode, { doing, cause, missing, remedy }: FileFailure): FargateCmkError {
  const system = systemCode(cause) ?? "";
  const said = cause instanceof Error ? cause.message : String(cause);
  const reason = system === "ENOENT" ? missing : (REASONS[system] ?? said);
  return new FargateCmkError(code, {
    message: `cannot ${doing}: ${reason}`,
    remedy: REMEDIES[system] ?? remedy,
    cause,
  });
}
