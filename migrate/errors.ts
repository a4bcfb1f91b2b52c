// The closed registry of errors. The code is contract; the text is not.
//
// Invariants
//   every error has an owner (who can mend it), an exit code and a remedy (the next step)
//   the message holds the wrong value and the place; it never holds a secret

export type ErrorOwner = "operator" | "aws" | "internal";

interface ErrorKind {
  readonly owner: ErrorOwner;
  readonly exitCode: 1 | 2 | 3 | 4 | 5;
  readonly description: string;
}

export const ERRORS = {
  usage: {
    owner: "operator",
    exitCode: 2,
    description: "an option or argument is missing, unknown or has a value that it cannot have",
  },
  "file-unreadable": {
    owner: "operator",
    exitCode: 2,
    description: "a named file or directory does not exist or cannot be read",
  },
  "file-unwritable": { owner: "operator", exitCode: 2, description: "a file or directory cannot be written" },
  "disk-full": {
    owner: "operator",
    exitCode: 4,
    description: "no space is left where a file is written; the same command goes on once there is",
  },
  "not-yaml": { owner: "operator", exitCode: 2, description: "a settings file that should hold YAML does not" },
  "not-json": { owner: "operator", exitCode: 2, description: "a file that should hold JSON does not" },
  "wrong-shape": {
    owner: "operator",
    exitCode: 2,
    description: "a JSON file holds something else than what the command takes",
  },
  "foreign-version": {
    owner: "operator",
    exitCode: 3,
    description: "a file was written by another version of its schema",
  },
  "no-outputs": {
    owner: "operator",
    exitCode: 2,
    description: "a folder holds no output of the AWS CLI that tells of a cluster, service or task",
  },
  "mixed-lanes": {
    owner: "operator",
    exitCode: 2,
    description: "a folder holds outputs of more than one account or Region",
  },
  "no-such-cluster": {
    owner: "operator",
    exitCode: 2,
    description: "a named cluster does not exist in this account and Region",
  },
  "no-such-service": { owner: "operator", exitCode: 2, description: "a named service does not exist in this fleet" },
  "ambiguous-service": {
    owner: "operator",
    exitCode: 2,
    description: "a name that several services of the fleet have",
  },
  "not-a-run": { owner: "operator", exitCode: 2, description: "a directory or id that holds no run" },
  "not-a-policy": { owner: "operator", exitCode: 2, description: "a document that is no key policy" },
  "not-a-key": {
    owner: "operator",
    exitCode: 2,
    description: "a value that does not name a KMS key that Fargate can use",
  },
  "plan-mismatch": {
    owner: "operator",
    exitCode: 3,
    description: "a plan that does not belong to its fleet file, or whose id does not match its content",
  },
  "preflight-failed": {
    owner: "operator",
    exitCode: 3,
    description: "a preflight question that stops a run failed and was not accepted; nothing was changed",
  },
  "lock-held": { owner: "operator", exitCode: 3, description: "another process holds the run" },
  "lock-lost": {
    owner: "operator",
    exitCode: 3,
    description: "another process has taken the run over while this one was away",
  },
  "journal-broken": {
    owner: "operator",
    exitCode: 3,
    description: "a journal with a gap, a changed line or a line of another version",
  },
  refused: { owner: "operator", exitCode: 3, description: "a change that would do harm, not made" },
  "wrong-account": {
    owner: "operator",
    exitCode: 3,
    description: "the credentials belong to another account or Region than the plan",
  },
  "no-credentials": { owner: "operator", exitCode: 2, description: "no AWS credentials were found" },
  "expired-credentials": { owner: "operator", exitCode: 4, description: "the AWS credentials are no longer valid" },
  "clock-off": {
    owner: "operator",
    exitCode: 4,
    description: "AWS refuses what this machine signs, because its clock is wrong",
  },
  denied: { owner: "operator", exitCode: 2, description: "AWS denied a call that cannot be done without" },
  unreachable: { owner: "operator", exitCode: 2, description: "the AWS endpoint does not answer" },
  aws: { owner: "aws", exitCode: 1, description: "AWS answered with an error that repeating did not cure" },
  internal: { owner: "internal", exitCode: 1, description: "a mistake in this program" },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetails {
  /** What happened to what: lower case, no full stop, with the wrong value and the place. */
  readonly message: string;
  /** The next step, as one sentence or a command. */
  readonly remedy: string;
  readonly cause?: unknown;
}

export class FargateCmkError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "FargateCmkError";
    this.code = code;
    this.remedy = details.remedy;
  }

  get owner(): ErrorOwner {
    return ERRORS[this.code].owner;
  }

  get exitCode(): number {
    return ERRORS[this.code].exitCode;
  }
}

/** For what cannot happen unless this program is wrong. */
export function internalError(message: string, cause?: unknown): FargateCmkError {
  const remedy = "this is a mistake in fargate-cmk: please report it with the command that you ran";
  return new FargateCmkError("internal", cause === undefined ? { message, remedy } : { message, remedy, cause });
}
