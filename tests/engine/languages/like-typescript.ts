// What every language's example has to come to: what the same program comes to in TypeScript, the same refusals, and its way down.

import assert from "node:assert/strict";
import { ListClustersCommand } from "@aws-sdk/client-ecs";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import type { Fleet } from "../../../domain/fleet";
import type { SimulatedAccount } from "../../e2e/simulated-account";
import { withProgram } from "../components/throwaway-project";
import { succeeded } from "../pulumi-process";
import type { Example } from "./example";
import { type StackShape, stackShape } from "./stack-shape";

/** The stack that a TypeScript program makes in an account of its own. */
export async function inTypeScript(fleet: Fleet, code: string): Promise<StackShape> {
  const shapes: StackShape[] = [];
  await withProgram(fleet, code, async ({ project }) => {
    succeeded(await project.up({ args: ["--skip-preview"] }));
    shapes.push(await stackShape(project));
  });
  const [shape] = shapes;
  assert.ok(shape !== undefined);
  return shape;
}

/** A mistake: `text`, which stands once in the program's file, becomes `by`; `told` is what its author reads. */
export interface Mistake {
  readonly file: string;
  readonly text: string;
  readonly by: string;
  readonly told: RegExp;
}

/** `pulumi up` is refused for each mistake, in the words of `told`, before anything is made; the file is as before afterwards. */
export async function assertRefusals({ project, account, edit }: Example, mistakes: readonly Mistake[]): Promise<void> {
  const before = await clusterArns(account);
  for (const { file, text, by, told } of mistakes) {
    edit(file, text, by);
    const { status, stdout, stderr } = await project.up();
    assert.notEqual(status, 0, by);
    // The engine breaks lines as it likes.
    assert.match((stdout + stderr).replaceAll(/\s+/g, " "), told);
    edit(file, by, text);
  }
  assert.deepEqual((await project.exportState()).deployment.resources ?? [], []);
  assert.deepEqual(await clusterArns(account), before);
}

/** Previews, updates and previews again: the update does what was previewed, makes `expected`, and leaves nothing to do. */
export async function assertMakes({ project }: Example, expected: StackShape): Promise<void> {
  const preview = succeeded(await project.preview());
  assert.deepEqual(Object.keys(preview.changes), ["create"]);
  const up = succeeded(await project.up({ args: ["--skip-preview"] }));
  assert.deepEqual(up.changes, preview.changes);
  assert.deepEqual(await stackShape(project), expected);
  assert.deepEqual(Object.keys(succeeded(await project.preview()).changes), ["same"]);
}

/** `pulumi destroy` is refused as long as the key is protected; unprotected it goes, and the key waits for its deletion. */
export async function assertWayDown({ project, account }: Example): Promise<void> {
  const { keyArn } = await project.stackOutputs();
  const refused = await project.destroy();
  assert.notEqual(refused.status, 0);
  assert.match(refused.stdout + refused.stderr, /protected/);
  succeeded(await project.unprotect());
  succeeded(await project.destroy());
  const { KeyMetadata } = await account.withSdk(({ kms }) =>
    kms.send(new DescribeKeyCommand({ KeyId: String(keyArn) })),
  );
  assert.equal(KeyMetadata?.KeyState, "PendingDeletion");
  assert.deepEqual((await project.exportState()).deployment.resources ?? [], []);
}

async function clusterArns(account: SimulatedAccount): Promise<readonly string[]> {
  const { clusterArns = [] } = await account.withSdk(({ ecs }) => ecs.send(new ListClustersCommand({})));
  return clusterArns;
}
