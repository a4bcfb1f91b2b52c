import assert from "node:assert/strict";
import type { SeedResult } from "./live-seed";
import type { SeedsToLive } from "./live-seeds";
import { sim } from "./sim";
import { answered, IS_WRONG } from "./unruly-seeds";

describe("npm run sim", () => {
  it("says how many lives are clean, and ends with counts", async () => {
    const { code, stdout } = await ran(["--seeds", "3"]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^3 lives \(seeds 1 to 3\): 3 clean, 0 wrong\nin 3 s, 1\.0 lives a second; 3 simulated hours, 30 calls$/m,
    );
    assert.match(stdout, /\n3 passed, 0 failed, 0 skipped\n$/);
  });

  it("shows how often each fault met each state, added up", async () => {
    assert.match((await ran(["--seeds", "3"])).stdout, /^\| reset \| 6 \|/m);
  });

  it("tells a wrong life with its trace when it is found, and names it at the end with its command", async () => {
    const { code, stdout } = await ran(["--seeds", "3", "--seed", String(IS_WRONG - 1)]);
    assert.equal(code, 1);
    assert.ok(stdout.startsWith(`the trace of seed ${IS_WRONG}\n`));
    assert.match(stdout, /npm run sim -- --seed 15 +never-twice: it was sent twice\n/);
    assert.match(stdout, /\n2 passed, 1 failed, 0 skipped\n$/);
  });

  it("counts a seed whose worker broke as failed, and names it", async () => {
    const { code, stdout } = await ran(["--seed", "4"], { results: [{ kind: "broken", seed: 4, what: "it crashed" }] });
    assert.equal(code, 1);
    assert.match(stdout, /^seed 4\n {2}WRONG: the harness broke: it crashed\nreplay: npm run sim -- --seed 4\n/);
    assert.match(stdout, /\n0 passed, 1 failed, 0 skipped\n$/);
  });

  it("tells one seed alone though it is clean", async () => {
    const { stdout, asked } = await ran(["--seed", "7"], {
      results: [{ ...answered(7), trace: "all of it" } as SeedResult],
    });
    assert.ok(stdout.startsWith("all of it\n1 life (seed 7): 1 clean"));
    assert.deepEqual([asked?.traced, [...(asked?.seeds ?? [])]], [true, [7]]);
  });

  it("tells no more than twenty lives in full", async () => {
    const results = Array.from({ length: 30 }, (_, index) => ({ ...answered(IS_WRONG), seed: index + 1 }));
    const { stdout } = await ran(["--seeds", "30"], { results });
    assert.equal(stdout.split("the trace of").length - 1, 20);
    assert.match(stdout, /^seed 30 is wrong too: npm run sim -- --seed 30$/m);
  });

  it("ends with what is known when it is interrupted", async () => {
    const { code, stdout } = await ran(["--seeds", "9"], { results: [answered(1), answered(2)], interrupted: true });
    assert.equal(code, 130);
    assert.match(stdout, /^Interrupted after 2 of 9 lives \(seeds 1 to 9\): 2 clean, 0 wrong$/m);
    assert.match(stdout, /\n2 passed, 0 failed, 7 skipped\n$/);
  });

  it("prints one value with --json, and what people read elsewhere", async () => {
    const { stdout, stderr } = await ran(["--json", "--seeds", "2", "--seed", String(IS_WRONG)]);
    assert.deepEqual(JSON.parse(stdout), {
      seeds: { from: 15, count: 2 },
      interrupted: false,
      lives: 2,
      clean: 1,
      wrong: [{ seed: 15, problems: ["never-twice: it was sent twice"], command: "npm run sim -- --seed 15" }],
      tookMs: 2_000,
      livesPerSecond: 1,
      simulatedMs: 7_200_000,
      calls: 20,
      meetings: { "reset queued": 4 },
    });
    assert.match(stderr, /\n1 passed, 1 failed, 0 skipped\n$/);
  });

  it("shows its options with an example", async () => {
    const { code, stdout } = await ran(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /Example: npm run sim -- --seeds 2000/);
  });

  for (const [args, what] of [
    [["--seeds", "0"], '--seeds is "0": give a whole number from 1 to 1,000,000'],
    [["--seed", "x"], '--seed is "x": give a whole number from 1 to 1,000,000,000'],
    [["--workers", "65"], '--workers is "65": give a whole number from 1 to 64'],
    [["--seads", "5"], "Unknown option '--seads'"],
    [["5"], "Unexpected argument '5'"],
  ] as const)
    it(`refuses ${args.join(" ")} before anything is lived`, async () => {
      const { code, stdout, stderr, asked } = await ran(args);
      assert.deepEqual([code, stdout, asked], [2, "", null]);
      assert.equal(stderr, `${what}\nNext: npm run sim -- --help\n`);
    });
});

interface Lived {
  readonly results?: readonly SeedResult[];
  readonly interrupted?: boolean;
}

/** A second passes with every life. */
async function ran(args: readonly string[], { results, interrupted = false }: Lived = {}) {
  const said = { stdout: "", stderr: "" };
  const interrupt = new AbortController();
  let asked: SeedsToLive | null = null as SeedsToLive | null;
  let nowMs = 0;
  const code = await sim(args, {
    stdout: { write: (text: string) => (said.stdout += text) },
    stderr: { write: (text: string) => (said.stderr += text) },
    nowMs: () => nowMs,
    signal: interrupt.signal,
    liveSeeds: async (wanted) => {
      asked = wanted;
      for (const result of results ?? [...wanted.seeds].map(answered)) {
        nowMs += 1_000;
        wanted.onResult(result);
      }
      if (interrupted) interrupt.abort();
    },
  });
  return { code, ...said, asked };
}
