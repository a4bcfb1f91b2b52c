// A read about several services at once, and what becomes of it when it fails.
//
// Invariants
//   one service's trouble does not hide the others: what cannot be read together is read one by one
//   a failure after which nothing else can succeed is thrown at once

import { AwsFailure } from "../ports/aws-failure";
import { endsEverything } from "./aws-failure-error";
import type { Forbearance } from "./passing-failure";

export interface ReadTogether<R> {
  readonly services: readonly string[];
  readonly forbearance: Forbearance;
  /** By service. */
  readonly read: (services: readonly string[]) => Promise<ReadonlyMap<string, R>>;
}

/** What was read, by service; who could not be read is not in it. */
export async function readTogether<R>(question: ReadTogether<R>): Promise<ReadonlyMap<string, R>> {
  const { services, forbearance, read } = question;
  if (services.length === 0) return new Map();
  if (services.length > 1) {
    try {
      return await read(services);
    } catch (error) {
      if (!(error instanceof AwsFailure) || endsEverything(error)) throw error;
    }
  }
  const found = new Map<string, R>();
  for (const one of services) {
    const answer = await forbearance.attempt(() => read([one]));
    for (const [service, what] of answer ?? []) found.set(service, what);
  }
  return found;
}
