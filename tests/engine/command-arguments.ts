// The command lines of the commands that run the engine.

import path from "node:path";

export type EngineVerb = "preview" | "up" | "refresh" | "destroy";

export interface PolicyPackUse {
  /** Absolute, or from the root of the repository. */
  readonly folder: string;
  /** The pack's configuration by rule, what `--policy-pack-config` reads. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface RunOptions {
  readonly policyPacks?: readonly PolicyPackUse[];
  /** More arguments, such as "--exclude-protected". */
  readonly args?: readonly string[];
  /** Default three minutes. */
  readonly limitMs?: number;
}

export interface CommandPlace {
  readonly program: string;
  readonly stack: string;
  /** The stack's settings file, Pulumi.<stack>.yaml. */
  readonly settingsFile: string;
  readonly eventLog: string;
  /** Writes a pack's configuration and says where. */
  readonly writeConfig: (config: unknown, index: number) => string;
}

/** Everything after `pulumi`; the paths of packs are made absolute, for the engine would read them from the program's folder. */
export function commandArguments(verb: EngineVerb, options: RunOptions, place: CommandPlace): readonly string[] {
  return [
    ...["-C", place.program, verb, "--non-interactive", "--stack", place.stack],
    ...["--config-file", place.settingsFile, "--event-log", place.eventLog],
    ...(verb === "preview" ? [] : ["--yes"]),
    ...packArguments(options.policyPacks ?? [], place),
    ...(options.args ?? []),
  ];
}

/** The engine wants a configuration for each pack or for none, and none at all lets a pack use its defaults. */
function packArguments(packs: readonly PolicyPackUse[], { writeConfig }: CommandPlace): readonly string[] {
  const areConfigured = packs.some(({ config }) => config !== undefined);
  return packs.flatMap(({ folder, config = {} }, index) => [
    ...["--policy-pack", path.resolve(folder)],
    ...(areConfigured ? ["--policy-pack-config", writeConfig(config, index)] : []),
  ]);
}
