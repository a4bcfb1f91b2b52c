// LanguageRuntime.GeneratePackage: the Python package of a schema, as Pulumi's own generator writes it.

import { spawnSync } from "node:child_process";
import { type GeneratePackageRequest, GeneratePackageResponse } from "@pulumi/pulumi/proto/language_pb";

/** Names the generator's executable: see scripts/ensure-python-sdk.mjs. */
export const GENERATOR_VARIABLE = "FARGATE_CMK_PYTHON_SDK";

const LIMIT_MS = 60_000;

/** Throws what the generator said, or how to get it when there is none. */
export function pythonPackage(request: GeneratePackageRequest): GeneratePackageResponse {
  const generator = process.env[GENERATOR_VARIABLE];
  if (generator === undefined) {
    throw new Error(`${GENERATOR_VARIABLE} names no generator: node scripts/ensure-python-sdk.mjs prints its path`);
  }
  const { status, stderr, error } = spawnSync(generator, [request.getDirectory()], {
    input: request.getSchema(),
    encoding: "utf8",
    timeout: LIMIT_MS,
  });
  if (status !== 0) throw new Error(`${generator} wrote no package: ${error?.message ?? stderr}`);
  return new GeneratePackageResponse();
}
