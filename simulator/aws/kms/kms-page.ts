// Pages of KMS: Marker and Truncated instead of nextToken. Source: ListKeys and others, KMS API reference (documented).

import { AwsError } from "../../world/aws-error";

export interface KmsPageQuestion {
  readonly Marker?: string | undefined;
  readonly Limit?: number | undefined;
  readonly standard: number;
  readonly most: number;
  /** What is listed: a marker is good for the same listing only. */
  readonly question: string;
}

export interface KmsPage<T> {
  readonly items: T[];
  readonly Truncated: boolean;
  readonly NextMarker?: string;
}

export function kmsPage<T>(all: readonly T[], ask: KmsPageQuestion): KmsPage<T> {
  const limit = ask.Limit ?? ask.standard;
  if (limit < 1 || limit > ask.most) {
    throw new AwsError("ValidationException", `Limit must be between 1 and ${ask.most}.`);
  }
  const start = ask.Marker === undefined ? 0 : startIn(ask.Marker, ask.question);
  const items = all.slice(start, start + limit);
  const end = start + items.length;
  if (end >= all.length) return { items, Truncated: false };
  return { items, Truncated: true, NextMarker: Buffer.from(`${end} ${ask.question}`).toString("base64url") };
}

function startIn(marker: string, question: string): number {
  const [start, ...rest] = Buffer.from(marker, "base64url").toString("utf8").split(" ");
  const index = Number(start);
  if (!Number.isSafeInteger(index) || index < 0 || rest.join(" ") !== question) {
    throw new AwsError("InvalidMarkerException", "The marker is not valid.");
  }
  return index;
}
