// Pages and their tokens.
// Invariants: a token names the last item shown, not an offset, so that things made or gone between two pages neither repeat
// nor hide others; a token of another question is refused; tokens are opaque to callers.

import { invalidParameter } from "../world/aws-error";

export interface PageQuestion {
  /** The operation and its filters: a token is good for the same question only. */
  readonly question: string;
  readonly token: string | undefined;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** One page of the wanted items, which stand in the order of their rising `sequence`; no item is looked at without need. */
export function pageOf<T extends { readonly sequence: number }>(
  items: Iterable<T>,
  ask: PageQuestion,
  wanted: (item: T) => boolean = () => true,
): Page<T> {
  const after = ask.token === undefined ? -1 : sequenceIn(ask.token, ask.question);
  const page: T[] = [];
  for (const item of items) {
    if (item.sequence <= after || !wanted(item)) continue;
    if (page.length === ask.limit) return { items: page, nextToken: tokenAfter(page.at(-1), ask.question) };
    page.push(item);
  }
  return { items: page, nextToken: undefined };
}

/** The page size asked for, or AWS's own; AWS refuses what is out of bounds. */
export function limitOf(asked: number | undefined, size: { readonly standard: number; readonly most: number }): number {
  if (asked === undefined) return size.standard;
  if (asked < 1 || asked > size.most) throw invalidParameter(`maxResults must be between 1 and ${size.most}.`);
  return asked;
}

function tokenAfter(last: { readonly sequence: number } | undefined, question: string): string {
  return Buffer.from(`${last?.sequence ?? 0} ${question}`, "utf8").toString("base64url");
}

function sequenceIn(token: string, question: string): number {
  const text = Buffer.from(token, "base64url").toString("utf8");
  const gap = text.indexOf(" ");
  const sequence = Number(text.slice(0, gap));
  if (gap < 1 || !Number.isSafeInteger(sequence) || text.slice(gap + 1) !== question) {
    throw invalidParameter("Invalid token.");
  }
  return sequence;
}
