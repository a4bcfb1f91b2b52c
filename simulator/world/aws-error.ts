// An error that AWS answers with: a code, a text, a status. Rules throw it, World.apply turns it into a reply.
// Invariant: anything else that is thrown is a fault of the simulator and is never dressed up as an answer of AWS.

export class AwsError extends Error {
  constructor(
    /** AWS's error code, e.g. `ClusterNotFoundException`. */
    readonly code: string,
    message: string,
    readonly httpStatus = 400,
  ) {
    super(message);
    this.name = code;
  }
}

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}
