// The whole life of an example in the real engine: it goes up, stays, changes, is not lost by accident, and comes down.
//
// Invariants
//   every update runs with the policy pack at its baseline, in the preview and in the update; it has no word about an example but what the
//   life tells
//   after every update there is nothing to do, and AWS holds what the state says: so neither a plain preview nor one that refreshes
//   first has a change to show
//   what is refused is refused by the preview, before any call that changes something
//   afterwards the account holds what it held before the example came, nothing more and nothing less

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Fleet } from "../../../domain/fleet";
import { type SimulatedAccount, withAccount } from "../../e2e/simulated-account";
import { changesOf } from "../components/throwaway-project";
import { succeeded } from "../pulumi-process";
import { createProject, type EngineRun, type PulumiProject } from "../pulumi-project";
import { nothingIsLeft, standing, writesOf } from "./account-changes";
import { type Edit, ExampleProgram } from "./example-program";

export interface Stage {
  readonly project: PulumiProject;
  readonly account: SimulatedAccount;
}

export interface WholeLife {
  /** The name of a folder of examples/. */
  readonly example: string;
  readonly fleet: Fleet;
  /** Beyond `aws:region`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Prepares the account before there is a stack; more configuration may come of it. */
  readonly before?: (account: SimulatedAccount) => Promise<Readonly<Record<string, string>> | undefined>;
  /** What comes before the first update, such as a refusal. */
  readonly unready?: (stage: Stage) => Promise<void>;
  /** After the first update, once everything runs. */
  readonly started?: (stage: Stage) => Promise<void>;
  readonly changes: readonly Change[];
  /** After the stack has been destroyed. */
  readonly left?: (stage: Stage) => Promise<void>;
  /** What AWS keeps on purpose when the stack is gone, beyond what was there before, as `standing` tells it; nothing unless given. */
  readonly stays?: () => readonly string[];
  /** The profile of the policy pack; its baseline unless given. */
  readonly profile?: "strict";
  /** What the policy pack has to say of every update, as `POLICY LEVEL RESOURCE`; nothing unless given. */
  readonly advice?: readonly string[];
  /** Whether `pulumi destroy` is refused at first, since the example has a key of its own. */
  readonly protectsAKey: boolean;
}

export interface Change {
  readonly title: string;
  /** Stays in effect for the changes after this one, unless this one is refused. */
  readonly edit?: Edit;
  /** As `edit`. */
  readonly config?: Readonly<Record<string, string>>;
  /** All changes of the preview and of the update, as `changesOf` tells them; none when the change is refused. */
  readonly expects: readonly string[];
  /** What the preview says when it refuses the change. */
  readonly refused?: RegExp;
  /** Once everything runs again, or after the refusal. */
  readonly afterwards?: (stage: Stage) => Promise<void>;
}

export function livesItsWholeLife(life: WholeLife): Promise<void> {
  return withAccount({ fleet: life.fleet }, async (account) => {
    const config = { "aws:region": life.fleet.lane.region, ...life.config, ...(await life.before?.(account)) };
    const before = standing(account);
    const program = new ExampleProgram(life.example);
    const { endpoint } = account.gateway;
    const project = await createProject({ program: program.folder, config, endpoint, env: account.env });
    try {
      await goesUp(life, { project, account });
      const living = { life, project, account, program, config: { ...config } };
      for (const change of life.changes) await during(change.title, () => changes(change, living));
      await during("destroy", () => comesDown(life, { project, account }));
      nothingIsLeft(account, [...before, ...(life.stays?.() ?? [])].toSorted());
      await life.left?.({ project, account });
    } finally {
      await project.dispose();
      program.dispose();
    }
  });
}

/** A preview of the program as it is, refused with these words before anything is written. What it said. */
export async function isRefused({ project, account }: Stage, words: RegExp): Promise<EngineRun> {
  const before = writesOf(account);
  const run = await project.preview(POLICY_PACK);
  assert.notEqual(run.status, 0, `the preview passed:\n${run.stdout}`);
  assert.match(run.stdout + run.stderr, words);
  assert.deepEqual(writesOf(account), before, "a preview that is refused writes nothing");
  return run;
}

const POLICY_PACK = { policyPacks: [{ folder: "policypack" }] };

function inProfile(profile: string) {
  const [pack = assert.fail()] = POLICY_PACK.policyPacks;
  const config = JSON.parse(readFileSync(`${pack.folder}/profiles/${profile}.json`, "utf8")) as Record<string, unknown>;
  return { policyPacks: [{ ...pack, config }] };
}

/** Long enough for a deployment and for all that follows it. */
const SETTLED_SECONDS = 900;

async function goesUp(life: WholeLife, stage: Stage): Promise<void> {
  await during("before the first update", async () => life.unready?.(stage));
  await during("the first update", async () => {
    const up = await updated(life, stage);
    assert.ok(up.changes.create ?? 0, "something is created");
    await life.started?.(stage);
  });
}

interface Living extends Stage {
  readonly life: WholeLife;
  readonly program: ExampleProgram;
  readonly config: Record<string, string>;
}

async function changes(change: Change, living: Living): Promise<void> {
  const { project, program } = living;
  const back = change.edit === undefined ? () => {} : program.change(change.edit);
  project.use(program.folder);
  await project.configure({ config: change.config ?? {} });
  if (change.refused === undefined) {
    Object.assign(living.config, change.config);
    assert.deepEqual(changesOf(await updated(living.life, living)), change.expects.toSorted());
  } else {
    await isRefused(living, change.refused);
    back();
    project.use(program.folder);
    await project.configure({ config: formerConfig(living, change) });
  }
  await change.afterwards?.(living);
}

function formerConfig({ config }: Living, change: Change): Readonly<Record<string, string>> {
  const former = Object.keys(change.config ?? {}).map((key) => [key, config[key] ?? assert.fail(`${key} was not set`)]);
  return Object.fromEntries(former);
}

/** `pulumi up`, preview included, and nothing to do afterwards. */
async function updated({ advice = [], profile }: WholeLife, stage: Stage): Promise<EngineRun> {
  const run = succeeded(await stage.project.up(profile === undefined ? POLICY_PACK : inProfile(profile)));
  assert.deepEqual(adviceOf(run), advice.toSorted(), "what the policy pack says");
  await stage.account.advance(SETTLED_SECONDS);
  await isQuiet(stage);
  return run;
}

/** Each once: the pack speaks in the preview and in the update. */
function adviceOf({ violations }: EngineRun): readonly string[] {
  const said = violations.map(({ policy, level, urn }) => `${policy} ${level} ${urn.slice(urn.lastIndexOf("::") + 2)}`);
  return [...new Set(said)].toSorted();
}

/** As long as a refresh finds the state as it is, a preview without it sees the same state, and says the same. */
async function isQuiet({ project }: Stage): Promise<void> {
  const run = succeeded(await project.preview({ args: ["--refresh"] }));
  assert.deepEqual(changesOf(run), []);
  const refreshed = run.steps.filter(({ op }) => op === "refresh");
  assert.notEqual(refreshed.length, 0, "the engine tells what a refresh finds");
  for (const { name, old, new: found } of refreshed) {
    assert.deepEqual(found?.outputs, old?.outputs, `${name}: AWS holds what the state says`);
  }
}

async function comesDown({ protectsAKey }: WholeLife, { project, account }: Stage): Promise<void> {
  if (protectsAKey) {
    const before = writesOf(account);
    const refused = await project.destroy();
    assert.notEqual(refused.status, 0, "destroy is refused");
    assert.match(refused.stdout + refused.stderr, /protected/);
    assert.deepEqual(writesOf(account), before, "nothing is deleted while the key is protected");
    succeeded(await project.unprotect());
  }
  succeeded(await project.destroy());
}

/** Says in which part of the life it failed. */
async function during(title: string, part: () => Promise<void>): Promise<void> {
  try {
    await part();
  } catch (error) {
    // What mocha prints of an error is its stack.
    if (error instanceof Error) error.stack = `${title}: ${error.stack ?? error.message}`;
    throw error;
  }
}
