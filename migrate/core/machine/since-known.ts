// Which of a service's deployments came after those that were known: of a list of AWS's, what is neither known nor older than a
// known one.
//
// An intent that was written after DescribeServiceDeployments knows one id, that of the service deployment which the service named
// as its current one. All before it are older, and AWS says so itself: `createdAt` of both stands in the same reply, on AWS's own
// clock, and a service has one service deployment after the other. Ours comes after the intent, and so after the known one.
//
// Invariants
//   our own clock is compared with nothing
//   what AWS does not date, or dates like a known one, counts as having come after; so does all of it where no known one is listed

export interface DatedServiceDeployment {
  readonly arn: string;
  /** ISO 8601 in UTC; the epoch where AWS gave no date. */
  readonly createdAt: string;
}

export function sinceKnown<T extends DatedServiceDeployment>(
  listed: readonly T[],
  known: readonly string[],
): readonly T[] {
  const newestKnown = listed
    .filter(({ arn }) => known.includes(arn))
    .reduce((newest, { createdAt }) => (createdAt > newest ? createdAt : newest), UNDATED);
  return listed.filter(
    ({ arn, createdAt }) => !known.includes(arn) && (createdAt === UNDATED || createdAt >= newestKnown),
  );
}

const UNDATED = new Date(0).toISOString();
