// A Pulumi program under the real engine: a stack of its own, state in a temporary folder, the simulator as AWS.
//
//   const project = await createProject({ program: "examples/minimal", config: { "aws:region": region }, endpoint: simulator.url });
//   try {
//     const run = succeeded(await project.up());
//     assert.equal(run.changes.create, 4);
//   } finally {
//     await project.dispose();
//   }
//
// Invariants
//   nothing is written into the program's folder: the stack's settings stand in the project's own
//   programs are not type-checked unless asked for: `npm run ok` has done that, and it costs seconds a run

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commandArguments, type EngineVerb, type RunOptions } from "./command-arguments";
import { engineEnvironment, engineFolders } from "./engine-environment";
import { type EngineReport, engineReport } from "./engine-events";
import { writeLaunchers } from "./launchers";
import { projectName } from "./project-name";
import { type PulumiOutput, runPulumi, succeeded } from "./pulumi-process";

export interface ProjectOptions {
  /** The folder of the program: absolute, or from the root of the repository. */
  readonly program: string;
  /** Default "test". */
  readonly stack?: string;
  /** Configuration, as in `{ "aws:region": "eu-west-1", size: "3" }`; objects as JSON text. */
  readonly config?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The URL of a simulator. Without it every call to AWS fails at once. */
  readonly endpoint?: string;
  /** Default false. */
  readonly typeChecked?: boolean;
  /** More variables, for what a test is about. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a command printed, and what the engine says that it did. */
export interface EngineRun extends PulumiOutput, EngineReport {}

/** A stack as `pulumi stack export` writes it, as far as tests read it. */
export interface StackState {
  readonly deployment: { readonly resources?: readonly Readonly<Record<string, unknown>>[] };
}

const RUN_LIMIT_MS = 180_000;
const QUERY_LIMIT_MS = 60_000;

/** Makes the stack. Rejects when the program's folder has no Pulumi.yaml or the engine refuses the configuration. */
export async function createProject(options: ProjectOptions): Promise<PulumiProject> {
  const project = new PulumiProject(options);
  try {
    await project.begin(options);
    return project;
  } catch (error) {
    await project.dispose();
    throw error;
  }
}

export class PulumiProject {
  readonly stack: string;
  /** The project's own folder, gone after dispose(). */
  readonly folder = mkdtempSync(path.join(tmpdir(), "fargate-cmk-engine-"));
  readonly name: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #removeAtExit = () => rmSync(this.folder, { recursive: true, force: true });
  readonly #ending = new AbortController();
  readonly #underway = new Set<Promise<PulumiOutput>>();
  #program: string;
  #runs = 0;

  /** Use createProject. */
  constructor({ program, stack, endpoint, typeChecked, env }: ProjectOptions) {
    process.once("exit", this.#removeAtExit);
    this.stack = stack ?? "test";
    this.#program = path.resolve(program);
    this.name = projectName(this.#program);
    const environment = engineEnvironment({
      folder: this.folder,
      typeChecked: typeChecked ?? false,
      inherited: process.env,
      ...(endpoint === undefined ? {} : { endpoint }),
    });
    this.#env = { ...environment, ...env };
  }

  async begin({ config = {}, secrets = {} }: Pick<ProjectOptions, "config" | "secrets">): Promise<void> {
    const { home, state, settings } = engineFolders(this.folder);
    for (const folder of [home, state, settings]) mkdirSync(folder, { recursive: true });
    writeLaunchers(this.folder);
    // A project of the same name in a folder of its own: its stack's settings are written there, not beside the program.
    writeFileSync(path.join(settings, "Pulumi.yaml"), `name: ${this.name}\nruntime: nodejs\n`);
    succeeded(await this.#query(["stack", "init", this.stack]));
    await this.configure({ config, secrets });
  }

  /** Adds to the stack's configuration. */
  async configure({ config = {}, secrets = {} }: Pick<ProjectOptions, "config" | "secrets">): Promise<void> {
    const flags = (flag: string, values: Readonly<Record<string, string>>) =>
      Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
    const args = [...flags("--plaintext", config), ...flags("--secret", secrets)];
    if (args.length > 0) succeeded(await this.#query(["config", "set-all", ...args, "--stack", this.stack]));
  }

  /** Goes on with another program over the same stack, as when a team changes its code. Its project name has to be the same. */
  use(program: string): void {
    const folder = path.resolve(program);
    const name = projectName(folder);
    if (name !== this.name) {
      throw new Error(
        `${folder} is the project ${name}, the stack belongs to ${this.name}: a stack never changes its project`,
      );
    }
    this.#program = folder;
  }

  preview(options: RunOptions = {}): Promise<EngineRun> {
    return this.#run("preview", options);
  }

  /** Previews and updates, as `pulumi up --yes` does; when the preview fails, the run holds what the preview said. */
  up(options: RunOptions = {}): Promise<EngineRun> {
    return this.#run("up", options);
  }

  refresh(options: RunOptions = {}): Promise<EngineRun> {
    return this.#run("refresh", options);
  }

  /** Previews and destroys: protected resources fail it before anything is deleted, unless `args` say otherwise. */
  destroy(options: RunOptions = {}): Promise<EngineRun> {
    return this.#run("destroy", options);
  }

  /** `pulumi install`: generates what Pulumi.yaml lists under `packages`, for the program's language. */
  install(): Promise<PulumiOutput> {
    return this.#pulumi(["-C", this.#program, "install", "--non-interactive"], RUN_LIMIT_MS);
  }

  /** Secrets stay encrypted. */
  async exportState(): Promise<StackState> {
    const { stdout } = succeeded(await this.#query(["stack", "export", "--stack", this.stack]));
    return JSON.parse(stdout) as StackState;
  }

  /** Takes the protection off one resource, or off all. */
  async unprotect(urn?: string): Promise<PulumiOutput> {
    return this.#query([
      "state",
      "unprotect",
      ...(urn === undefined ? ["--all"] : [urn]),
      "--yes",
      "--stack",
      this.stack,
    ]);
  }

  /** Secret outputs read "[secret]" unless they are asked for. */
  async stackOutputs({ showSecrets = false } = {}): Promise<Readonly<Record<string, unknown>>> {
    const shown = showSecrets ? ["--show-secrets"] : [];
    const { stdout } = succeeded(await this.#query(["stack", "output", "--json", ...shown, "--stack", this.stack]));
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** Ends what still runs and removes everything. */
  async dispose(): Promise<void> {
    this.#ending.abort(new Error(`the project ${this.name} has been disposed of`));
    await Promise.allSettled(this.#underway);
    process.off("exit", this.#removeAtExit);
    this.#removeAtExit();
  }

  async #run(verb: EngineVerb, options: RunOptions): Promise<EngineRun> {
    const run = ++this.#runs;
    const inFolder = (name: string) => path.join(this.folder, name);
    const eventLog = inFolder(`events-${run}.jsonl`);
    const args = commandArguments(verb, options, {
      program: this.#program,
      stack: this.stack,
      settingsFile: path.join(engineFolders(this.folder).settings, `Pulumi.${this.stack}.yaml`),
      eventLog,
      writeConfig: (config, index) => {
        const file = inFolder(`pack-${run}-${index}.json`);
        writeFileSync(file, JSON.stringify(config));
        return file;
      },
    });
    const output = await this.#pulumi(args, options.limitMs ?? RUN_LIMIT_MS);
    return { ...output, ...engineReport(readOrEmpty(eventLog)) };
  }

  #query(args: readonly string[]): Promise<PulumiOutput> {
    const { settings } = engineFolders(this.folder);
    return this.#pulumi(["-C", settings, ...args, "--non-interactive"], QUERY_LIMIT_MS);
  }

  async #pulumi(args: readonly string[], limitMs: number): Promise<PulumiOutput> {
    const command = runPulumi({ args, env: this.#env, limitMs, signal: this.#ending.signal });
    this.#underway.add(command);
    try {
      return await command;
    } finally {
      this.#underway.delete(command);
    }
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
