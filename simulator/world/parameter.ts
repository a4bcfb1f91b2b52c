// A parameter of Systems Manager Parameter Store: its name and type. Its value is never kept.

export interface Parameter {
  readonly sequence: number;
  readonly name: string;
  readonly arn: string;
  readonly type: "String" | "StringList" | "SecureString";
  readonly description: string | null;
  readonly version: number;
  readonly modifiedAtMs: number;
}
