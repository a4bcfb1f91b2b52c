// What `npm run sim` is asked for, from its arguments.
// Invariant: what cannot be done is refused with the value, its place and the next step, before anything is lived.

import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export interface SimOptions {
  readonly from: number;
  readonly count: number;
  /** One seed alone is told whether it is clean or not. */
  readonly replays: boolean;
  readonly workers: number;
  readonly json: boolean;
}

export type SimRequest =
  | { readonly kind: "live"; readonly options: SimOptions }
  | { readonly kind: "help" }
  | { readonly kind: "refused"; readonly what: string };

export const SIM_HELP = `npm run sim -- [--seeds N] [--seed K] [--workers N] [--json]

Lives simulated runs, each with the faults, rivals and crashes that its seed draws, in as many processes as there are cores,
and checks every one against the simulated world. A life that is wrong is told when it is found.

  --seeds N     how many seeds, from --seed on (1 when it is left out); 100 without --seeds and --seed
  --seed K      alone: lives seed K once and tells it, whether it is wrong or not
  --workers N   how many at once
  --json        one JSON value on stdout; what people read goes to stderr

Exit code: 0 all lives are clean, 1 not all, 2 wrong arguments, 130 interrupted.

Example: npm run sim -- --seeds 2000
         npm run sim -- --seed 554
`;

const COUNT_USUAL = 100;
const SEED_MAX = 1_000_000_000;
const COUNT_MAX = 1_000_000;
const WORKERS_MAX = 64;

export function simRequest(args: readonly string[]): SimRequest {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true });
    if (values.help === true) return { kind: "help" };
    const from = wholeNumber("--seed", values.seed, SEED_MAX);
    const count = wholeNumber("--seeds", values.seeds, COUNT_MAX);
    const workers = wholeNumber("--workers", values.workers, WORKERS_MAX);
    const replays = from !== null && count === null;
    return {
      kind: "live",
      options: {
        from: from ?? 1,
        count: replays ? 1 : (count ?? COUNT_USUAL),
        replays,
        workers: workers ?? availableParallelism(),
        json: values.json === true,
      },
    };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { kind: "refused", what: `${what.split(". ")[0]}\nNext: npm run sim -- --help` };
  }
}

const OPTIONS = {
  seeds: { type: "string" },
  seed: { type: "string" },
  workers: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

function wholeNumber(option: string, value: string | undefined, most: number): number | null {
  if (value === undefined) return null;
  if (/^[1-9]\d*$/.test(value) && Number(value) <= most) return Number(value);
  throw new RangeError(
    `${option} is ${JSON.stringify(value)}: give a whole number from 1 to ${most.toLocaleString("en-US")}`,
  );
}
