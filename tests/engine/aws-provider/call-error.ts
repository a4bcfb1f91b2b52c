// An error of AWS in the words in which the official provider prints it: what was being done, to what, the operation, the
// status, the code and AWS's own message.

/** Awaits a call of the SDK; `doing` is e.g. `updating ECS Cluster (arn:…)`, `operation` e.g. `ECS: UpdateCluster`. */
export async function calling<T>(doing: string, operation: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new AwsCallError(doing, operation, error);
  }
}

export class AwsCallError extends Error {
  override readonly name = "AwsCallError";
  /** AWS's code, e.g. ClusterNotFoundException. */
  readonly code: string;
  /** What AWS said. */
  readonly said: string;

  constructor(doing: string, operation: string, cause: unknown) {
    const { name, message, $metadata } = cause as Error & { readonly $metadata?: Metadata };
    const answered = $metadata?.httpStatusCode === undefined ? "" : `${answer($metadata)}, `;
    super(
      `${doing}: operation error ${operation}, ${answered}${isNamed(cause) ? "" : "api error "}${name}: ${message}`,
      {
        cause,
      },
    );
    this.code = name;
    this.said = message;
  }
}

export function isCode(error: unknown, ...codes: readonly string[]): error is AwsCallError {
  return error instanceof AwsCallError && codes.includes(error.code);
}

/**
 * Whether the service's model names the error: of all others the Go SDK says that it is an "api error". Here those come as
 * the service's general class, e.g. KMSServiceException for AccessDeniedException.
 */
function isNamed(cause: unknown): boolean {
  return !(cause as Error).constructor.name.endsWith("ServiceException");
}

interface Metadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

function answer({ httpStatusCode, requestId }: Metadata): string {
  return `https response error StatusCode: ${httpStatusCode}, RequestID: ${requestId ?? ""}`;
}
