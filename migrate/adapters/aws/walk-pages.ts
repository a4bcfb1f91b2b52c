// Walks the pages of a listing call to their end.
// Invariant: it ends: by AWS's last page, by a page limit, or because AWS repeats a token.

import { AwsFailure } from "../../ports/aws-failure";

export interface Page<T> {
  readonly items: readonly T[];
  /** AWS's token for the next page; absent or blank on the last one. */
  readonly nextToken: string | undefined;
}

export interface PageWalk<T> {
  /** E.g. `ecs:ListServices`, for the failure's text. */
  readonly operation: string;
  readonly page: (token: { readonly nextToken?: string }) => Promise<Page<T>>;
  readonly pagesMax?: number;
}

/** A thousand pages of a hundred items: more than an account may hold of anything that is listed here. */
const PAGES_MAX = 1_000;

/** @throws AwsFailure of a page, or one of kind `server` when the pages do not end */
export async function walkPages<T>({ operation, page, pagesMax = PAGES_MAX }: PageWalk<T>): Promise<readonly T[]> {
  const items: T[] = [];
  let nextToken: string | undefined;
  for (let number = 1; number <= pagesMax; number += 1) {
    const read = await page(nextToken === undefined ? {} : { nextToken });
    items.push(...read.items);
    if (read.nextToken === undefined || read.nextToken === "") return items;
    if (read.nextToken === nextToken) throw endless(operation, `page ${number} names itself as the next one`);
    nextToken = read.nextToken;
  }
  throw endless(operation, `more than ${pagesMax} pages`);
}

function endless(operation: string, what: string): AwsFailure {
  return new AwsFailure({ kind: "server", operation, code: "EndlessPages", message: `${operation}: ${what}` });
}
