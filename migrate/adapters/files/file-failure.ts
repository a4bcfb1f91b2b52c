// Turns what the operating system says about a file into an error with a next step.
//
// Invariants
//   the message names the file; the remedy is something that its reader can do
//   a full disk has a code of its own: nothing was wrong with what was asked, and the same command goes on once there is space

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

const NO_SPACE: readonly string[] = ["ENOSPC", "EDQUOT"];
const FREE_SPACE = "free some space there, then repeat the command; a run goes on from its journal";

const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT: "check the path",
  ENOSPC: FREE_SPACE,
  EDQUOT: FREE_SPACE,
};

export function unreadable(file: string, cause: unknown): FargateCmkError {
  const remedy = "check the path and its permissions";
  return failure("file-unreadable", { doing: `read ${file}`, cause, missing: "it does not exist", remedy });
}

/** `disk-full` where that is the reason, else `file-unwritable`. */
export function unwritable(file: string, cause: unknown): FargateCmkError {
  const remedy = "choose another place, or mend its permissions";
  const missing = "its directory does not exist";
  const code = NO_SPACE.includes(systemCode(cause) ?? "") ? "disk-full" : "file-unwritable";
  return failure(code, { doing: `write ${file}`, cause, missing, remedy });
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
