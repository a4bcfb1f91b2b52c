// Bundles the policy pack into one file that Pulumi starts without type-checking: policypack/dist/index.js.
// domain/ is bundled in; @pulumi/policy and @pulumi/pulumi stay outside, since the host that runs the pack shares them.

import path from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "./root.mjs";

export const POLICY_PACK_BUNDLE = "policypack/dist/index.js";

/** Writes the bundle and its source map to `outfile`; throws with esbuild's words when it cannot. */
export async function bundlePolicyPack(root, outfile) {
  // Loaded here, so that a production install without esbuild can still import this file.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: ["policypack/index.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["@pulumi/policy", "@pulumi/pulumi"],
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "silent",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundlePolicyPack(ROOT, path.join(ROOT, POLICY_PACK_BUNDLE));
}
