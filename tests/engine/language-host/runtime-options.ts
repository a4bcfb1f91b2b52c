// What Pulumi.yaml, PulumiPolicy.yaml or PulumiPlugin.yaml says under `runtime: options:`, as far as it is understood here.

import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

export interface RuntimeOptions {
  /** Whether programs are compiled while they are loaded; true unless said otherwise. */
  readonly typescript: boolean;
  readonly tsconfig?: string;
  /** Arguments for Node.js itself, such as --enable-source-maps. */
  readonly nodeArgs: readonly string[];
}

export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
  const options: Record<string, unknown> = info?.getOptions()?.toJavaScript() ?? {};
  const { typescript, tsconfig, nodeargs } = options;
  return {
    typescript: typescript !== false,
    ...(typeof tsconfig === "string" ? { tsconfig } : {}),
    nodeArgs: typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter((arg) => arg !== "") : [],
  };
}

/** The environment by which they reach @pulumi/pulumi. */
export function runtimeEnvironment({ typescript, tsconfig }: RuntimeOptions): Record<string, string> {
  return {
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
    ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}
