// What only a task that is really launched can show: that nothing which no document tells keeps Fargate from the key.

import type { ProbeOutcome } from "../../probe/judge-probe";
import { counted } from "../../words/counted";
import { type Asked, asked, notApplicable, type Question } from "../question";

export const PROBE: readonly Question[] = [
  {
    id: "probe",
    level: "stops",
    title: "a task of our own started under each key",
    asks: "a minimal task, launched in each cluster and stopped again, shows the key and pulls its image; launched only when asked for",
    source: { page: "AmazonECS/latest/developerguide/fargate-create-storage-key", standing: "inferred" },
    subjects: ["key and cluster", "keys and clusters"],
    ask: ({ probe = { kind: "not-asked" } }) => {
      switch (probe.kind) {
        case "not-asked":
          return notApplicable("not asked for: preflight --probe launches one task under each key");
        case "held-back":
          return notApplicable(`no task was launched: ${probe.why}`);
        case "done":
          return probeAnswered(probe.outcomes);
      }
    },
  },
];

function probeAnswered(outcomes: readonly ProbeOutcome[]): Asked {
  if (outcomes.length === 0) return notApplicable("no cluster of the plan has work in it");
  const findings = outcomes.flatMap(({ clusterName, verdict, reason, remedy }) =>
    verdict === "pass" ? [] : [{ verdict, subject: clusterName, reason, remedy }],
  );
  const where = counted(outcomes.length, "cluster");
  return asked(`a task of our own started on its key in ${where}, and pulled its image`, findings);
}
