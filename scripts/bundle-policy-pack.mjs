// Bundles the policy pack into one file that Pulumi starts without type-checking: policypack/dist/index.js.
//
// Invariants
//   domain/ and @pulumi/policy are bundled in; the Pulumi SDK and its gRPC stay outside, since the host that runs the pack has loaded
//     them already
//   of the SDK only those parts are loaded that @pulumi/policy uses: its root brings the Automation API, which would cost every preview
//     about 0.3 s. A version of @pulumi/policy that uses another part fails the build

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "./root.mjs";

export const POLICY_PACK_BUNDLE = "policypack/dist/index.js";

/** What @pulumi/policy takes from the SDK's root, and where each stands. */
const SDK_PARTS = {
  asset: 'require("@pulumi/pulumi/asset")',
  Output: 'require("@pulumi/pulumi/output").Output',
};

const NOTICE = "// Holds @pulumi/policy, copyright Pulumi Corporation, under the Apache License 2.0.";

/** Writes the bundle and its source map, if wanted, to `outfile`; throws with esbuild's words when it cannot. */
export async function bundlePolicyPack(root, outfile, { withMap = true } = {}) {
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
    external: ["@pulumi/pulumi/*", "@grpc/grpc-js", "google-protobuf"],
    banner: { js: NOTICE },
    plugins: [{ name: "parts of the Pulumi SDK", setup: takeParts }],
    ...(withMap ? { sourcemap: "linked", sourcesContent: false } : {}),
    logLevel: "silent",
  });
}

function takeParts(build) {
  build.onResolve({ filter: /^@pulumi\/pulumi$/ }, ({ importer, resolveDir }) => {
    const other = usedParts(importer).filter((part) => !(part in SDK_PARTS));
    if (other.length === 0) return { path: "parts", namespace: "sdk", pluginData: resolveDir };
    return { errors: [{ text: `${importer} uses ${other.join(", ")} of @pulumi/pulumi: add it to SDK_PARTS` }] };
  });
  build.onLoad({ filter: /^parts$/, namespace: "sdk" }, ({ pluginData }) => ({
    contents: Object.entries(SDK_PARTS)
      .map(([part, from]) => `exports.${part} = ${from};`)
      .join("\n"),
    resolveDir: pluginData,
  }));
}

/** The members of the SDK's root that a compiled file names. */
function usedParts(file) {
  return [...new Set([...readFileSync(file, "utf8").matchAll(/\bpulumi_1\.(\w+)/g)].map(([, part]) => part))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundlePolicyPack(ROOT, path.join(ROOT, POLICY_PACK_BUNDLE));
}
