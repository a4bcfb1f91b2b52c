// Every single request to AWS passes here: it is paced by the bucket of its operation, counted, timed out and, where that is
// harmless, sent again. Adapters know how to send; the gate knows when and how often.

export interface CallDescription {
  /** As IAM writes it before the colon. */
  readonly service:
    | "ecs"
    | "kms"
    | "sts"
    | "ec2"
    | "ecr"
    | "secretsmanager"
    | "ssm"
    | "logs"
    | "cloudwatch"
    | "application-autoscaling"
    | "servicequotas"
    | "cloudtrail";
  readonly operation: string;
  /** Mutating calls are sent again only after a failure in which AWS certainly did nothing. */
  readonly mutating: boolean;
  /** Not sent after this instant of the run's clock: the look that it rests on is too old then. No limit when left out. */
  readonly notAfterMs?: number;
}

/**
 * Sends one request. `lastCheck` is to be called when its bytes are about to leave, after whatever else takes time.
 * @throws AwsFailure from `lastCheck` when the request must not be sent any more
 */
export type Attempt<T> = (signal: AbortSignal, lastCheck: () => void) => Promise<T>;

export interface CallGate {
  /** @throws AwsFailure of the last attempt */
  pass<T>(call: CallDescription, attempt: Attempt<T>): Promise<T>;
  /** How many requests were sent so far by operation (`ecs:DescribeTasks`), and how many of them were throttled. */
  counts(): CallCounts;
}

export interface CallCounts {
  readonly byOperation: Readonly<Record<string, number>>;
  readonly total: number;
  readonly throttled: number;
}
