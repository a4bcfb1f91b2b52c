// Thrown when a schema of the AWS SDK is not laid out as shape.ts assumes: a matter for this project, never for its user.

export class WireLayoutError extends Error {
  override readonly name = "WireLayoutError";

  constructor(expected: string, found: unknown) {
    super(
      `expected ${expected} in a schema of the AWS SDK, found ${describe(found)}; ` +
        "compare the installed @aws-sdk/client-* versions with those that migrate/package.json pins",
    );
  }
}

function describe(found: unknown): string {
  return Array.isArray(found) ? `an array that starts with ${String(found[0])}` : `${typeof found} ${String(found)}`;
}
