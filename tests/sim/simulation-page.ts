// docs/simulation.md: what the simulation holds the program to, what it throws at it, and what shows that it would see a fault.
// Invariant: everything that can change with the code comes from the code: invariants, faults, states, mutants.

import { INVARIANTS } from "./checks/checks";
import { FAULTS, impossible, STATES } from "./meetings/meetings";

export interface GuardingMutant {
  readonly name: string;
  readonly property: string;
  /** Of the invariant that the simulation sees it break, and within how many seeds; left out for one that it does not see. */
  readonly invariant?: string;
  readonly seeds?: number;
  /** Why the simulation does not see it. */
  readonly unseen?: string;
}

export function simulationPage(mutants: readonly GuardingMutant[]): string {
  const seen = mutants.filter(({ seeds }) => seeds !== undefined);
  return [
    "# The simulation",
    "",
    "A run of `fargate-cmk` cannot be tried on a thousand real services. So the program itself, with its real adapters and AWS's own SDK, lives",
    "through seeded stories in the embedded AWS on a virtual clock: fleets, durations, faults of the API, teams that deploy in between, keys that",
    "break, processes that die, stand still or run twice. Afterwards every instant of the simulated world, every call that was sent and every line of",
    "the journal is there, and the invariants below are checked against that, never against what the program says of itself.",
    "",
    "```",
    "npm run sim -- --seeds 2000            lives seeds 1 to 2000 in as many processes as there are cores",
    "npm run sim -- --seeds 2000 --seed 9000    another 2,000",
    "npm run sim -- --seed 227              lives one again and prints what happened",
    "```",
    "",
    "A wrong life prints its story in the order in which it happened, the invariant that it broke, and the command that lives it again. `npm test` lives",
    "25 seeds; `npm run test:long` a night of 1,000 services, a death before and after every line of a journal, and a story aimed at each possible",
    "meeting of a fault with a state.",
    "",
    "## What always holds",
    "",
    ...table(
      ["id", "invariant", "mutants that the simulation sees break it"],
      INVARIANTS.map(({ id, title }) => [
        `\`${id}\``,
        title,
        seen
          .filter(({ invariant }) => invariant === id)
          .map(({ name, seeds }) => `${name} (within ${seeds} seeds)`)
          .join(", ") || "none: `tests/sim/checks/checks-can-fail.test.ts` doctors a life so that it speaks",
      ]),
    ),
    "",
    "Each of them also has lives that were doctored by one fact, after which it and no other speaks.",
    "",
    "## Mutants of the run that the simulation does not see",
    "",
    "Each turns its named test red all the same.",
    "",
    ...table(
      ["mutant", "what it breaks", "why it is not seen"],
      mutants.flatMap(({ name, property, unseen }) => (unseen === undefined ? [] : [[name, property, unseen]])),
    ),
    "",
    "## Faults and states",
    "",
    `${FAULTS.length} faults and rivals: ${FAULTS.map((fault) => `\`${fault}\``).join(", ")}.`,
    "",
    `${STATES.length} states of a service or of the run: ${STATES.join(", ")}.`,
    "",
    "[docs/fault-state-table.md](fault-state-table.md) counts how often each fault met each state in 2,000 seeds. These meetings cannot be:",
    "",
    ...table(["state", "faults", "why"], impossibleRows()),
    "",
  ].join("\n");
}

function impossibleRows(): readonly (readonly string[])[] {
  const cells = STATES.flatMap((state) => FAULTS.map((fault) => ({ state, fault, why: impossible({ state, fault }) })));
  const reasons = new Map<string, { readonly state: string; readonly faults: string[]; readonly why: string }>();
  for (const { state, fault, why } of cells) {
    if (why === null) continue;
    const row = reasons.get(`${state} ${why}`) ?? { state, faults: [], why };
    row.faults.push(`\`${fault}\``);
    reasons.set(`${state} ${why}`, row);
  }
  return [...reasons.values()].map(({ state, faults, why }) => [state, faults.join(", "), why]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
