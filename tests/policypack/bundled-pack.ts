// The pack in a folder of its own, made from the sources as they stand, so that no test depends on an earlier build.
// The folders are inside build/, where the host resolves the repository's packages.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

export interface PackFolder {
  readonly folder: string;
  remove(): void;
}

export interface BundledPack extends PackFolder {
  /** What the bundle loads from outside. */
  readonly packages: readonly string[];
}

/** As it is published: the bundle, and what Pulumi reads beside it. */
export async function bundledPack(): Promise<BundledPack> {
  const folder = temporaryFolder();
  for (const file of ["package.json", "PulumiPolicy.yaml"])
    cpSync(path.join("policypack", file), path.join(folder, file));
  const script = pathToFileURL(path.resolve("scripts/bundle-policy-pack.mjs")).href;
  const { bundlePolicyPack } = (await import(script)) as {
    bundlePolicyPack(root: string, outfile: string): Promise<void>;
  };
  const bundle = path.join(folder, "dist/index.js");
  await bundlePolicyPack(path.resolve("."), bundle);
  const loaded = [...readFileSync(bundle, "utf8").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
  return { folder, packages: [...new Set(loaded)], remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** As it stands in a clone before anything was built. */
export function sourcePack(): PackFolder {
  const root = temporaryFolder();
  for (const room of ["policypack", "domain"]) {
    cpSync(room, path.join(root, room), {
      recursive: true,
      filter: (source) => !["dist", "node_modules"].includes(path.basename(source)),
    });
  }
  return { folder: path.join(root, "policypack"), remove: () => rmSync(root, { recursive: true, force: true }) };
}

function temporaryFolder(): string {
  mkdirSync("build", { recursive: true });
  return mkdtempSync(path.resolve("build/policy-pack-"));
}
