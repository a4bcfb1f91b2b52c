// Stages `fargate-cmk-policy`: one bundled file, the profiles and the rules' reference. Published by itself, it needs nothing of
// the repository. It has no source map: the sources that one would name are not in it.

import { cpSync } from "node:fs";
import path from "node:path";

const OWN_FILES = ["PulumiPolicy.yaml", "RULES.md", "README.md"];

export async function stagePolicyPack({ root, staging }) {
  const { bundlePolicyPack } = await import("../bundle-policy-pack.mjs");
  await bundlePolicyPack(root, path.join(staging, "dist/index.js"), { withMap: false });
  for (const file of OWN_FILES) cpSync(path.join(root, "policypack", file), path.join(staging, file));
  cpSync(path.join(root, "policypack/profiles"), path.join(staging, "profiles"), { recursive: true });
  return { main: "dist/index.js", files: ["dist", "profiles", ...OWN_FILES, "CHANGELOG.md"] };
}
