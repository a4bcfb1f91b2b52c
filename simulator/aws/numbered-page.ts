// Pages by position, for services whose lists hardly change and whose tokens and errors have codes of their own.
// Invariant: a token is good for the same question only.

import { AwsError } from "../world/aws-error";

export interface NumberedPageQuestion {
  /** The operation and its filters. */
  readonly question: string;
  readonly token: string | undefined;
  readonly asked: number | undefined;
  readonly standard: number;
  readonly most: number;
  /** AWS's codes for a size out of bounds and for a token that it did not give. */
  readonly codes: { readonly size: string; readonly token: string };
}

export interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

export function numberedPage<T>(all: readonly T[], ask: NumberedPageQuestion): NumberedPage<T> {
  const limit = ask.asked ?? ask.standard;
  if (limit < 1 || limit > ask.most) {
    throw new AwsError(ask.codes.size, `The number of results must be between 1 and ${ask.most}, not ${limit}.`);
  }
  const start = ask.token === undefined ? 0 : startIn(ask.token, ask);
  const end = start + limit;
  const nextToken = end < all.length ? tokenAt(end, ask.question) : undefined;
  return { items: all.slice(start, end), nextToken };
}

function tokenAt(start: number, question: string): string {
  return Buffer.from(`${start} ${question}`, "utf8").toString("base64url");
}

function startIn(token: string, { question, codes }: NumberedPageQuestion): number {
  const text = Buffer.from(token, "base64url").toString("utf8");
  const gap = text.indexOf(" ");
  const start = Number(text.slice(0, gap));
  if (gap < 1 || !Number.isSafeInteger(start) || start < 0 || text.slice(gap + 1) !== question) {
    throw new AwsError(codes.token, "The token is not valid.");
  }
  return start;
}
