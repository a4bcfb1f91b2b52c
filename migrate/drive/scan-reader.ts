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
    async read(subject, ask) {
      try {
        const value = await ask();
        return known(value, new Date(clock.nowMs()).toISOString());
      } catch (error) {
        if (!(error instanceof AwsFailure)) throw error;
        if (endsEverything(error)) throw awsFailureError(error, `read ${subject}`);
        const entry = entryOf(error, subject);
        unread.push(entry);
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

function entryOf(failure: AwsFailure, subject: string): UnreadRecord {
  const { kind, operation, code } = failure;
  const said = awsSaid(failure);
  if (kind !== "denied") return { operation, subject, why: `${operation} failed for ${subject} (${code}): ${said}` };
  return { operation, subject, why: `${operation} was denied for ${subject}: ${said}`, permission: operation };
}
