// A verdict is one of four words, always with its reason and the instant it speaks of. `unknown` never counts as `pass`.

export type VerdictWord = "pass" | "fail" | "notApplicable" | "unknown";

export interface Verdict {
  readonly verdict: VerdictWord;
  /** One sentence, lower case, without a full stop. */
  readonly reason: string;
  /** ISO 8601, UTC: when the newest read that it rests on was made. */
  readonly asOf: string;
}

/** What one task showed, and whether that proves it uses the key. */
export interface TaskVerdict extends Verdict {
  readonly taskArn: string;
  readonly kmsKeyArn: string | null;
  readonly platformVersion: string | null;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly startedBy: string | null;
  readonly startedAt: string | null;
}

export interface ServiceVerdict extends Verdict {
  readonly serviceArn: string;
  readonly targetKeyArn: string | null;
  readonly tasks: readonly TaskVerdict[];
}
