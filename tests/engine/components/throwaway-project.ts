// A stack whose program is a few lines of a test, and changes as a team changes its code.
// Invariant: whatever the test does, the stack, its programs and its account are gone afterwards.

import path from "node:path";
import type { Fleet } from "../../../domain/fleet";
import { type SimulatedAccount, withAccount } from "../../e2e/simulated-account";
import { createProject, type EngineRun, type PulumiProject } from "../pulumi-project";
import { temporaryProgram } from "../temporary-program";

export interface Throwaway {
  readonly project: PulumiProject;
  readonly account: SimulatedAccount;
  /** The same stack with other code. */
  readonly use: (code: string) => void;
}

/** The code stands below the imports of the components, `aws`, `ecs` and `pulumi`. */
export function withProgram(fleet: Fleet, code: string, test: (throwaway: Throwaway) => Promise<void>): Promise<void> {
  return withAccount({ fleet }, async (account) => {
    let program = programOf(code);
    const project = await createProject({
      program: program.folder,
      config: { "aws:region": fleet.lane.region },
      endpoint: account.gateway.endpoint,
      env: account.env,
    });
    const use = (other: string): void => {
      const former = program;
      program = programOf(other);
      project.use(program.folder);
      former.remove();
    };
    try {
      await test({ project, account, use });
    } finally {
      await project.dispose();
      program.remove();
    }
  });
}

/** `op type name` of all that a run does or would do, without what stays or is only read, and without the stack itself. */
export function changesOf({ steps }: EngineRun): readonly string[] {
  return steps
    .filter(
      ({ op, type }) =>
        !NO_CHANGES.includes(op) && type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers"),
    )
    .map(({ op, type, name }) => `${op} ${type.slice(type.lastIndexOf(":") + 1)} ${name}`)
    .toSorted();
}

/** Steps that write nothing: a resource that is read and one that is read no longer, and the look before a preview. */
const NO_CHANGES: readonly string[] = ["same", "read", "discard", "refresh"];

function programOf(code: string) {
  return temporaryProgram({
    "Pulumi.yaml": "name: throwaway\nruntime: nodejs\nmain: index.ts\n",
    "package.json": '{ "name": "throwaway", "private": true }',
    "tsconfig.json": JSON.stringify({ extends: path.resolve("tsconfig.json"), include: ["index.ts"] }),
    "index.ts": `${IMPORTS}${code}`,
  });
}

const IMPORTS = `
import * as aws from "@pulumi/aws";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster, EphemeralStorageKey, fargateStorageConfiguration, redeployOnKeyChange } from "fargate-cmk";
`;
