// Writes components/schema.json, what the plugin tells other languages, or with --check says whether it is out of date.
// Invariant: it is the plugin's own answer, laid out as the formatter wants it; nothing is added by hand.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ROOT } from "./root.mjs";

const require = createRequire(import.meta.url);
const { ComponentProvider, getPulumiComponents } = require("@pulumi/pulumi/provider/experimental/provider");

const built = process.argv.slice(2).find((arg) => !arg.startsWith("--")) ?? "build/js";
const provider = new ComponentProvider({
  components: getPulumiComponents(require(path.resolve(ROOT, built, "components/index.js"))),
  dirname: path.join(ROOT, "components"),
  name: "fargate-cmk",
});
const schema = JSON.parse(await provider.getSchema());
const target = path.join(ROOT, "components/schema.json");

if (!process.argv.includes("--check")) {
  writeFileSync(target, `${JSON.stringify(schema, null, 2)}\n`);
  const biome = path.join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  process.exitCode = spawnSync(process.execPath, [biome, "format", "--write", target], { cwd: ROOT }).status ?? 1;
} else if (!isDeepStrictEqual(JSON.parse(readFileSync(target, "utf8")), schema)) {
  console.error("Out of date: components/schema.json. Run: npm run gen");
  process.exitCode = 1;
}
