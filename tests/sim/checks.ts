// What must hold in every life, told from the world's history, the calls that were sent and the journal as data.
// Each check returns what is wrong, as sentences; none of them asks the program what it thinks.

import { boundProblems } from "./check-bounds";
import { deploymentProblems } from "./check-deployments";
import { keyTroubleProblems } from "./check-key-trouble";
import { mutexProblems } from "./check-mutexes";
import { proofProblems } from "./check-proofs";
import { runProblems } from "./check-run";
import { waveProblems } from "./check-waves";
import type { Life } from "./live";

export function problemsOf(life: Life): readonly string[] {
  return [
    ...life.defects.map((defect) => `the simulator is wrong: ${defect}`),
    ...runProblems(life),
    ...proofProblems(life),
    ...deploymentProblems(life),
    ...waveProblems(life),
    ...keyTroubleProblems(life),
    ...mutexProblems(life),
    ...boundProblems(life),
  ];
}
