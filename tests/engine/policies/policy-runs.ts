// A program under the real engine with the policy pack: what was said of it, as rows of a table.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { aFleet } from "../../../simulator/fleet-builder";
import { withAccount } from "../../e2e/simulated-account";
import { engineEnvironment } from "../engine-environment";
import { runPulumi } from "../pulumi-process";
import { createProject, type EngineRun, type PulumiProject } from "../pulumi-project";

const FLEET = aFleet().subnet("subnet-0a1b2c3d").build();

/** A pack and, by policy, its configuration. */
export interface PackUse {
  readonly folder: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Makes a stack of a program in programs/ and removes it afterwards. */
export async function withProgram(program: string, use: (project: PulumiProject) => Promise<void>): Promise<void> {
  await withAccount({ fleet: FLEET }, async (account) => {
    const project = await createProject({
      program: `tests/engine/policies/programs/${program}`,
      config: { "aws:region": FLEET.lane.region },
      endpoint: account.gateway.endpoint,
      env: account.env,
    });
    try {
      await use(project);
    } finally {
      await project.dispose();
    }
  });
}

export function previewed(project: PulumiProject, pack: PackUse): Promise<EngineRun> {
  return project.preview({ policyPacks: [pack] });
}

/** Resource, rule and level of all that was said, in the order of `inOrder`. */
export function said({ violations }: Pick<EngineRun, "violations">): readonly (readonly string[])[] {
  return inOrder(violations.map(({ urn, policy, level }) => [nameOf(urn), policy, level]));
}

/** What `pulumi policy analyze` says of the stack's exported state, without its program, as `said` does. */
export async function saidOfState(
  project: PulumiProject,
  { folder, config }: PackUse,
): Promise<readonly (readonly string[])[]> {
  const inFolder = (name: string, content: unknown) => {
    const file = path.join(project.folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const state = inFolder("exported.json", await project.exportState());
  const { stdout, stderr } = await runPulumi({
    args: [
      ...["policy", "analyze", "--file", state, "--policy-pack", path.resolve(folder), "--non-interactive"],
      ...(config === undefined ? [] : ["--policy-pack-config", inFolder("analyzed-pack.json", config)]),
    ],
    env: engineEnvironment({ folder: project.folder, typeChecked: false, inherited: process.env }),
    limitMs: 60_000,
    signal: new AbortController().signal,
  });
  assert.match(stdout, /polic/i, stderr);
  const lines = stdout.matchAll(/^ +- \[(mandatory|advisory)\] +(?:\S+ +)*?([a-z-]+) +\(.*?([^:\s]+)\)$/gm);
  return inOrder([...lines].map(([, level = "", rule = "", name = ""]) => [name, rule, level]));
}

export function messageOf({ violations }: Pick<EngineRun, "violations">, name: string): string {
  return violations.find(({ urn }) => nameOf(urn) === name)?.message ?? assert.fail(`nothing was said of ${name}`);
}

export function inOrder(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [a.join(" "), b.join(" ")];
    return left < right ? -1 : Number(left > right);
  });
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
