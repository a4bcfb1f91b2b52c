// The environment that the engine, its plugins and the programs run in during tests.
//
// Invariants
//   nothing of the developer's Pulumi or AWS settings gets in: a test can reach neither an account nor a Pulumi organisation
//   nothing is downloaded
//   a language host on PATH is found before ours; our AWS provider is found before any other, for only ours speaks to the simulator

import path from "node:path";

export interface EngineEnvironmentOptions {
  /** A folder that is this project's own: Pulumi's home, the state of its stacks and the launchers stand in it. */
  readonly folder: string;
  /** Where the simulated AWS answers; without it no call can leave. */
  readonly endpoint?: string;
  /** Whether programs are type-checked while they load, as they are for users; it costs seconds a run. */
  readonly typeChecked: boolean;
  readonly inherited: NodeJS.ProcessEnv;
}

/** A port on which nothing listens: calls that a test did not expect fail at once. */
const NOWHERE = "http://127.0.0.1:9";

/** Where things stand in a project's folder. */
export function engineFolders(folder: string) {
  const at = (...parts: readonly string[]) => path.join(folder, ...parts);
  return {
    home: at("home"),
    state: at("state"),
    settings: at("settings"),
    languageHost: at("launchers", "language-host"),
    awsProvider: at("launchers", "aws-provider"),
  } as const;
}

export function engineEnvironment(options: EngineEnvironmentOptions): Record<string, string> {
  const folders = engineFolders(options.folder);
  return {
    ...withoutSettings(options.inherited),
    PATH: [folders.awsProvider, options.inherited.PATH ?? "", folders.languageHost].join(path.delimiter),
    ...pulumiSettings(folders),
    PULUMI_NODEJS_TRANSPILE_ONLY: String(!options.typeChecked),
    ...awsSettings(folders.home, options.endpoint ?? NOWHERE),
    NO_COLOR: "1",
  };
}

function withoutSettings(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !/^(AWS|PULUMI|TS_NODE)_/.test(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function pulumiSettings({ home, state }: { readonly home: string; readonly state: string }) {
  return {
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "for tests",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_SKIP_CONFIRMATIONS: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "1",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "1",
    // Opens --event-log, which says in JSON what the engine did.
    PULUMI_DEBUG_COMMANDS: "1",
  };
}

function awsSettings(home: string, endpoint: string) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_CONFIG_FILE: path.join(home, "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(home, "no-aws-credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
