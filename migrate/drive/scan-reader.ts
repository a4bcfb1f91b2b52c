// How a scan reads: every read becomes a fact, and what could not be read is written down.
//
// Invariants
//   a denied or failed read is `unknown` with the missing permission, and has an entry in `unread`; it never ends the scan
//   a failure that every later call would meet too (credentials, no way to AWS) does end it, as an error with a remedy

import { type Fact, known, unknown } from "../../domain/fact";
import type { UnreadRecord } from "../../domain/fleet";
import { AwsFailure } from "../ports/aws-failure";
import type { Clock } from "../ports/clock";
import { awsFailureError, awsSaid, endsEverything } from "./aws-failure-error";
import { byText } from "./by-text";

export interface ScanReader {
  /** Whether items that one call could answer together are asked for one by one: outputs show or hide each by itself. */
  readonly oneByOne: boolean;
  /** `subject`: what is asked about, an ARN or a name. */
  read<T>(subject: string, ask: () => Promise<T>): Promise<Fact<T>>;
  /** For the reads without which nothing can be said. @throws FargateCmkError */
  mustRead<T>(doing: string, ask: () => Promise<T>): Promise<T>;
  /** Sorted, so that the same account gives the same list. */
  unread(): readonly UnreadRecord[];
}

export function createScanReader(clock: Clock): ScanReader {
  const unread: UnreadRecord[] = [];
  return {
    oneByOne: false,
    async read(subject, ask) {
      try {
        const value = await ask();
        return known(value, new Date(clock.nowMs()).toISOString());
      } catch (error) {
        if (!(error instanceof AwsFailure)) throw error;
        if (endsEverything(error)) throw awsFailureError(error, `read ${subject}`);
        const entry = entryOf(error, subject);
        if (!unread.some((one) => isSame(one, entry))) unread.push(entry);
        return unknown(entry.why, entry.permission);
      }
    },
    async mustRead(doing, ask) {
      try {
        return await ask();
      } catch (error) {
        throw error instanceof AwsFailure ? awsFailureError(error, doing) : error;
      }
    },
    unread: () => unread.toSorted(byText(({ operation, subject }) => `${operation} ${subject}`)),
  };
}

/** Several batches of one question, denied for one reason, are one thing to tell. */
function isSame(one: UnreadRecord, other: UnreadRecord): boolean {
  return one.operation === other.operation && one.subject === other.subject && one.why === other.why;
}

function entryOf(failure: AwsFailure, subject: string): UnreadRecord {
  const { kind, operation, code } = failure;
  const said = awsSaid(failure);
  if (kind !== "denied") return { operation, subject, why: `${operation} failed for ${subject} (${code}): ${said}` };
  return { operation, subject, why: `${operation} was denied for ${subject}: ${said}`, permission: operation };
}
