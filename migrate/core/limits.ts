// Every bound of a run in one place, with the relations between them that must hold.
// Times are milliseconds on the run's clock.

export const LIMITS = {
  /** How long the loop sleeps at most, so that a pause or abort takes effect within it. */
  tickMs: 5_000,
  /** How often the lock is renewed: a third of its time-to-live at most. */
  heartbeatMs: 20_000,
  /** Until the first task of a redeployed service runs on the key, it is looked at this often. */
  firstLookMs: 30_000,
  /** The first look at a redeployed service must come this soon. */
  firstLookWithinMs: 45_000,
  /** A start failure must be seen this soon after the first failed task. */
  startFailureSeenWithinMs: 60_000,
  /** Between looks at a service whose end is near, or whose tasks fail. */
  nearEndLookMs: 15_000,
  /** Between looks at a service that is rolling as expected. */
  quietLookMs: 30_000,
  /** Looks are made at whole multiples of these times, so that one call shows many services; but not sooner than this after the last. */
  looksApartMinMs: 10_000,
  /** Between looks at old tasks that drain, while that is not expected to end yet. */
  drainLookMs: 60_000,
  /** The same while nobody waits for the room that they take. */
  idleDrainLookMs: 120_000,
  /** How long a service that has drained waits for others to be proved with. */
  proofWaitMaxMs: 10 * 60_000,
  /** A service that takes at least this long is watched no more closely near its end: what a quiet look loses is little beside it. */
  longRollMs: 5 * 60_000,
  /** Between looks at a service past its deadline. */
  overdueLookMs: 60_000,
  /** An in-doubt call is repeated only after two looks this far apart found nothing. */
  doubtLooksApartMs: 15_000,
  doubtLooksNeeded: 2,
  /** UpdateService attempts for one service, doubts and throttles included. */
  attemptsMax: 20,
  /** The last look before UpdateService may be this old. */
  admissionLookAgeMaxMs: 5_000,
  /** Before the next of a batch is begun, what is left of it is looked at again when the look is so old: the call still has to be sent. */
  admissionLookAgainMs: 4_000,
  /** Tasks and service deployments of a batch may have been read so long ago, as long as the service itself shows no change. */
  admissionTasksAgeMaxMs: 20_000,
  /** The last look at its cluster's key may be this old: it is made for a batch, and made again when the batch takes its time. */
  clusterLookAgeMaxMs: 30_000,
  /** A batch begins with no older look at its cluster than this, so that the look is young enough when the batch ends. */
  clusterLookAgainMs: 24_000,
  /** A service whose UpdateService was throttled until its look was too old is looked at again after this. */
  throttledRetryMs: 60_000,
  /** Services looked at together before admission: one DescribeServices call. */
  admissionBatchMax: 10,
  /** Who is held up by a rate for no longer than this is looked at with those that need not wait, and sent when its time has come. */
  admissionLeadMs: 3_000,
  /** A service found with a deployment of its team in flight is looked at again after this, and set aside after the other. */
  inFlightRetryMs: 60_000,
  inFlightWaitMaxMs: 15 * 60_000,
  /** Failed starts of one deployment of ours after which we roll it back ourselves, unless a circuit breaker does. */
  startFailuresMax: 3,
  /** A service is overdue after this many times its estimate, but never before the floor. */
  deadlineFactor: 4,
  deadlineFloorMs: 30 * 60_000,
  /** A stop that AWS has not answered is asked again after this. */
  stopRetryMs: 30_000,
  /** Reads of one look that may fail before the rest of it is put off: one service's trouble must not hide the others. */
  missedReadsMax: 3,
  /** Scans of the final look, when reads of one were lost on the way. */
  sweepScansMax: 3,
  /** A run that gets no good answer for so long pauses, and can be taken up when AWS answers again. */
  outageMaxMs: 15 * 60_000,
  /** Services with unexplained start failures at once that stop admission for their key. */
  keyTroubleServices: 2,
  /** Turns of the loop: with 5 s ticks, 14 days. */
  ticksMax: 250_000,
} as const;

/** The bounds of `scan --from-dir`: far above any account's outputs, far below what would fill this machine's memory. */
export const FOLDER_LIMITS = {
  /** Files in all folders together; a folder with more is another folder than was meant. */
  filesMax: 10_000,
  /** Folders inside folders. */
  depthMax: 8,
  /** One larger file is named and skipped. */
  fileBytesMax: 64 * 1024 * 1024,
  totalBytesMax: 512 * 1024 * 1024,
  /** JSON values one after the other in a file. */
  valuesInFileMax: 100_000,
  /** AWS's replies nest a dozen levels at most. */
  jsonDepthMax: 64,
} as const;

export type FolderLimits = Readonly<Record<keyof typeof FOLDER_LIMITS, number>>;

/** The relation between the numbers above that does not hold, or null; checked by a test. */
export function limitsProblem(limits: typeof LIMITS): string | null {
  const delayMs = limits.looksApartMinMs + limits.tickMs;
  if (limits.quietLookMs + delayMs >= limits.startFailureSeenWithinMs)
    return "a start failure after the first task would be seen too late";
  if (limits.firstLookMs + delayMs > limits.firstLookWithinMs)
    return "the first look comes too late to see a start failure in time";
  if (limits.looksApartMinMs >= limits.nearEndLookMs) return "a look would be put off beyond the one after it";
  if (limits.tickMs > limits.nearEndLookMs) return "a tick is longer than the shortest look interval";
  if (limits.doubtLooksNeeded < 2) return "an in-doubt call would be repeated after a single look";
  if (limits.admissionLeadMs >= limits.admissionLookAgainMs)
    return "a service would be looked at for an admission that comes when the look is too old";
  if (limits.admissionLookAgainMs >= limits.admissionLookAgeMaxMs)
    return "a service would be begun with a look that is too old before its call is sent";
  if (limits.clusterLookAgainMs + limits.admissionLookAgeMaxMs >= limits.clusterLookAgeMaxMs)
    return "a cluster looked at again in time would still be too old a look";
  if (limits.inFlightRetryMs >= limits.inFlightWaitMaxMs) return "an in-flight service would never be looked at again";
  return null;
}
