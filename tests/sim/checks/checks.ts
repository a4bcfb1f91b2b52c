// What must hold in every life, by name. Each check is told from the world's history, the calls that were sent, and the journal as
// data; it returns what is wrong, as sentences. None of them asks the program what it thinks.
// Invariant: an id is a contract: it stands before each problem, in the table of the docs and in the tests that trip its check.

import type { Life } from "../stage/live";
import { boundProblems } from "./check-bounds";
import { exceededBuckets } from "./check-buckets";
import { blindRepeats } from "./check-doubts";
import { unfoldedStates } from "./check-fold";
import { openIntentsTwice, redeployedTooOften, unannouncedEffects } from "./check-intents";
import { unnoticedKeyTrouble } from "./check-key-trouble";
import { staleKeyLooks, staleLooks } from "./check-looks";
import { mutexProblems } from "./check-mutexes";
import { proofProblems } from "./check-proofs";
import { misreported, unended } from "./check-run";
import { sentToHeldClusters, sentWhileStopped } from "./check-standing";
import { leftFailing, strangersStopped } from "./check-stops";
import { earlyWaves } from "./check-waves";

export interface Invariant {
  readonly id: string;
  /** What always holds, as a sentence. */
  readonly title: string;
  readonly check: (life: Life) => readonly string[];
}

export const INVARIANTS: readonly Invariant[] = [
  {
    id: "one-open-intent",
    title: "A service never has two redeployments of ours open at once.",
    check: openIntentsTwice,
  },
  {
    id: "announced-before-effect",
    title: "Nothing is done to AWS that no journal line has announced before, and each line announces one call.",
    check: unannouncedEffects,
  },
  {
    id: "waves-through-gates",
    title: "A wave begins only after the end of those before it, its soak, its approval and a look at quiet alarms.",
    check: earlyWaves,
  },
  {
    id: "failing-deployment-stopped",
    title: "A deployment of ours that goes on failing, or keeps its service below its minimum, is stopped.",
    check: leftFailing,
  },
  {
    id: "doubt-looked-at-twice",
    title:
      "A call without a good answer is sent again only after two looks 15 s apart, or one that shows what came of it.",
    check: blindRepeats,
  },
  {
    id: "fresh-look-before-redeploy",
    title: "A service is redeployed only within 5 s of a look that showed nothing unfinished.",
    check: staleLooks,
  },
  {
    id: "only-ours-stopped",
    title: "Only a deployment that AWS's reply named as ours is ever stopped.",
    check: strangersStopped,
  },
  {
    id: "buckets-kept",
    title: "Calls keep to half of AWS's token buckets, so a run that is alone is never throttled.",
    check: exceededBuckets,
  },
  {
    id: "state-is-fold",
    title: "The state is the fold of the journal after every line.",
    check: unfoldedStates,
  },
  {
    id: "report-complete",
    title: "Every service of the fleet is in the report exactly once.",
    check: misreported,
  },
  {
    id: "proved-is-true",
    title: "A service that is called proved has only keyed tasks at that instant, draining ones included.",
    check: proofProblems,
  },
  {
    id: "key-trouble-noticed",
    title: "A key that cannot be used is noticed within 60 s of the first failed task, and nothing is sent after it.",
    check: unnoticedKeyTrouble,
  },
  {
    id: "run-ends",
    title: "The run ends, within the time that its story allows.",
    check: unended,
  },
  {
    id: "redeployed-once",
    title: "A service is redeployed once, and once more for each further try that it is given.",
    check: redeployedTooOften,
  },
  {
    id: "fresh-look-at-key",
    title: "A service is redeployed only within 30 s of a look at its cluster's key.",
    check: staleKeyLooks,
  },
  {
    id: "stopped-run-sends-nothing",
    title: "While a run is paused, halted or aborted it redeploys nothing.",
    check: sentWhileStopped,
  },
  {
    id: "held-cluster-untouched",
    title: "Nothing is redeployed on a cluster that is held.",
    check: sentToHeldClusters,
  },
  {
    id: "mutex-apart",
    title: "Services that share the value of a mutex tag never roll together.",
    check: mutexProblems,
  },
  {
    id: "bounds-below-measure",
    title: "What a plan calls the least, in time and in calls, is never more than what the run took.",
    check: boundProblems,
  },
];

export function problemsOf(life: Life): readonly string[] {
  return [
    ...life.defects.map((defect) => `simulator: ${defect}`),
    ...INVARIANTS.flatMap(({ id, check }) => check(life).map((problem) => `${id}: ${problem}`)),
  ];
}
