// Finds a script of @pulumi/pulumi as the program, pack or plugin in a folder would find it, so that both use the same copy.

import { createRequire } from "node:module";
import path from "node:path";

/** The path of `@pulumi/pulumi/cmd/<name>` seen from `folder`. Throws when the folder can reach no @pulumi/pulumi. */
export function pulumiModule(name: "run" | "run-plugin" | "run-policy-pack", folder: string): string {
  const module = `@pulumi/pulumi/cmd/${name}`;
  try {
    return createRequire(path.join(folder, "from-here.js")).resolve(module);
  } catch (error) {
    throw new Error(`${module} cannot be reached from ${folder}: install @pulumi/pulumi there. ${String(error)}`);
  }
}
