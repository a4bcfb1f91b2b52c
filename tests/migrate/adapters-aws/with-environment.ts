// Gives a test an environment without any AWS setting of the machine it runs on, but the given ones.

import path from "node:path";

/** Returns how to put the environment back. */
export function withEnvironment(settings: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  const nowhere = path.resolve("build", "no-such-aws-configuration");
  const files = { AWS_CONFIG_FILE: nowhere, AWS_SHARED_CREDENTIALS_FILE: nowhere };
  Object.assign(process.env, files, settings);
  return () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  };
}
