// An example of the repository in another language than TypeScript, as a user has it: in a folder of its own, with a stack and an account.
// Invariant: whatever the test does, the folder, the stack and the account are gone afterwards.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Fleet } from "../../../domain/fleet";
import { type Environment, type SimulatedAccount, withAccount } from "../../e2e/simulated-account";
import { createProject, type PulumiProject } from "../pulumi-project";

export interface Example {
  readonly folder: string;
  readonly project: PulumiProject;
  readonly account: SimulatedAccount;
  /** Puts a text in the place of another in a file of the program. Throws when that does not stand there exactly once. */
  readonly edit: (file: string, text: string, by: string) => void;
}

export interface ExampleOptions {
  readonly fleet: Fleet;
  /** More variables for the engine. */
  readonly env?: Environment;
}

/** Its Pulumi.yaml names the components where they stand, for the copy is elsewhere. */
export function withExample(name: string, { fleet, env }: ExampleOptions, test: (example: Example) => Promise<void>) {
  return withAccount({ fleet }, async (account) => {
    const folder = mkdtempSync(path.join(tmpdir(), "fargate-cmk-example-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", remove);
    try {
      cpSync(path.join("examples", name), folder, { recursive: true });
      replaceOnce(path.join(folder, "Pulumi.yaml"), ": ../../components", `: ${path.resolve("components")}`);
      await withStack(folder, { account, fleet, ...(env === undefined ? {} : { env }) }, test);
    } finally {
      remove();
      process.off("exit", remove);
    }
  });
}

async function withStack(
  folder: string,
  { account, fleet, env }: ExampleOptions & { readonly account: SimulatedAccount },
  test: (example: Example) => Promise<void>,
): Promise<void> {
  const project = await createProject({
    program: folder,
    config: { "aws:region": fleet.lane.region },
    endpoint: account.gateway.endpoint,
    env: { ...account.env, ...env },
  });
  const edit = (file: string, text: string, by: string) => replaceOnce(path.join(folder, file), text, by);
  try {
    await test({ folder, project, account, edit });
  } finally {
    await project.dispose();
  }
}

function replaceOnce(file: string, text: string, by: string): void {
  const parts = readFileSync(file, "utf8").split(text);
  if (parts.length !== 2) throw new Error(`${JSON.stringify(text)} stands ${parts.length - 1} times in ${file}`);
  writeFileSync(file, parts.join(by));
}
