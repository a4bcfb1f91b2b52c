// The leaves of AWS JSON 1.0 and 1.1: timestamps are seconds since the epoch with a fraction, blobs are base64.
// Source: the AWS JSON protocols of Smithy (documented): https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html

import type { SimpleType, TimestampFormat } from "./shape";
import type { Leaves } from "./shape-walk";

/** From JSON to the types of the AWS API. */
export const readJsonLeaves: Leaves = {
  simple: (type, value) => (type === "blob" ? readBlob(value) : sameIfOfType(type, value)),
  timestamp: (_format, value) => readTimestamp(value),
};

/** From the types of the AWS API to JSON. */
export const writeJsonLeaves: Leaves = {
  simple: (type, value) => (type === "blob" ? writeBlob(value) : sameIfOfType(type, value)),
  timestamp: (format, value) => (isValidDate(value) ? writeTimestamp(format, value) : undefined),
};

/** The value itself when it is of the simple type, else undefined. */
export function sameIfOfType(type: SimpleType, value: unknown): unknown {
  if (type === "document") return value;
  if (type === "number") return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  return typeof value === type ? value : undefined;
}

export function isValidDate(value: unknown): value is Date {
  return value instanceof Date && Number.isFinite(value.getTime());
}

function readTimestamp(value: unknown): Date | undefined {
  const date = typeof value === "number" ? new Date(value * 1000) : typeof value === "string" ? new Date(value) : null;
  return isValidDate(date) ? date : undefined;
}

function writeTimestamp(format: TimestampFormat, value: Date): string | number {
  if (format === "dateTime") return value.toISOString();
  return format === "httpDate" ? value.toUTCString() : value.getTime() / 1000;
}

function readBlob(value: unknown): Uint8Array | undefined {
  return typeof value === "string" ? new Uint8Array(Buffer.from(value, "base64")) : undefined;
}

function writeBlob(value: unknown): string | undefined {
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : undefined;
}
