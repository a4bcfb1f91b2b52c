// `fargate-cmk-policy` as a stranger gets it: installed alone, run from node_modules.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { tablesHold } from "../policies/tables-hold";
import { type Installed, install, packed } from "./installed";

/** All of it: whoever adds a file says so here. */
const FILES = [
  "CHANGELOG.md",
  "LICENSE",
  "PulumiPolicy.yaml",
  "README.md",
  "RULES.md",
  "dist/index.js",
  "package.json",
  "profiles/baseline.json",
  "profiles/strict.json",
];

/** Of the package, without what it depends on: more than twice what 24 rules take. */
const BYTES_MAX = 1_000_000;

describe("the package fargate-cmk-policy", function () {
  this.timeout(600_000);
  let installed: Installed;

  before(() => {
    installed = install([packed("fargate-cmk-policy")]);
  });

  after(() => installed.remove());

  const folder = () => path.join(installed.folder, "node_modules/fargate-cmk-policy");
  const text = (file: string) => readFileSync(path.join(folder(), file), "utf8");

  it("holds the bundle, the profiles and what a person reads, and nothing else", () => {
    const entries = readdirSync(folder(), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
    assert.deepEqual(files.map((file) => path.relative(folder(), file)).toSorted(), FILES);
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    assert.ok(bytes <= BYTES_MAX, `${bytes} bytes`);
  });

  it("names no folder of the machine that packed it, and no file that it does not have", () => {
    for (const file of FILES) assert.ok(!text(file).includes(process.cwd()), file);
    assert.ok(!text("dist/index.js").includes("sourceMappingURL"));
  });

  it("needs the Pulumi SDK and its gRPC at run time, and neither a provider nor a compiler", () => {
    const { dependencies, devDependencies, private: isPrivate } = JSON.parse(text("package.json"));
    assert.deepEqual(Object.keys(dependencies), ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf"]);
    assert.deepEqual([devDependencies, isPrivate], [undefined, undefined]);
    assert.ok(!readdirSync(path.join(installed.folder, "node_modules/@pulumi")).includes("aws"));
  });

  tablesHold(folder);
});
