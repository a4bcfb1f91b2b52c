// One API call to the embedded AWS and its reply, after the wire protocol was taken off and before it is put on.
// Inputs and outputs have the member names and types of the AWS API (timestamps are Date, numbers are numbers).

/** As IAM writes them before the colon of an action. */
export type AwsServiceName =
  | "ecs"
  | "kms"
  | "sts"
  | "ec2"
  | "logs"
  | "ecr"
  | "secretsmanager"
  | "ssm"
  | "cloudwatch"
  | "application-autoscaling"
  | "servicequotas"
  | "cloudtrail";

export interface Caller {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly principalArn: string;
}

export interface Call {
  readonly service: AwsServiceName;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

export type Reply =
  | { readonly kind: "ok"; readonly output: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "error";
      /** AWS's error code, e.g. `ClusterNotFoundException`. */
      readonly code: string;
      readonly message: string;
      readonly httpStatus: number;
    };
