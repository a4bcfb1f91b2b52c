// A log group of CloudWatch Logs: what is set on it. Its events are not modelled.

export interface LogGroup {
  readonly name: string;
  /** Without the `:*` that some of AWS's replies add. */
  readonly arn: string;
  readonly createdAtMs: number;
  readonly logGroupClass: string;
  /** Null: events never expire. */
  retentionDays: number | null;
  kmsKeyArn: string | null;
  /** Whether DeleteLogGroup is refused. */
  deletionProtected: boolean;
  tags: Record<string, string>;
}
