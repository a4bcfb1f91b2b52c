// Stages `fargate-cmk`: the Pulumi components, as a Node package and as a plugin for the other languages of Pulumi.
//
// Invariants
//   Node runs the compiled .js; the sources lie beside it because Pulumi reads a plugin's schema from TypeScript sources
//   declarations lie apart, in types/, so that a program that imports the package is never type-checked against our sources
//   the packed tsconfig is for reading that schema alone, and means the same to TypeScript 5 and 6

import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BUILD_FOLDER } from "../build-state.mjs";
import { copyCode } from "./copy-code.mjs";

const ROOMS = ["components", "domain"];
const OWN_FILES = ["PulumiPlugin.yaml", "schema.json", "README.md"];
const PLUGIN_TSCONFIG = {
  compilerOptions: {
    ...{ target: "es2022", module: "esnext", moduleResolution: "bundler", rootDir: "." },
    ...{ strict: true, skipLibCheck: true, noEmit: true },
  },
  include: ["components/**/*.ts", "domain/**/*.ts"],
};

export function stageComponents({ root, staging }) {
  for (const room of ROOMS) {
    copyCode({ from: path.join(root, BUILD_FOLDER, room), to: path.join(staging, room), endings: [".js"] });
    copyCode({ from: path.join(root, room), to: path.join(staging, room), endings: [".ts"] });
  }
  for (const file of OWN_FILES) cpSync(path.join(root, "components", file), path.join(staging, file));
  writeFileSync(path.join(staging, "tsconfig.json"), `${JSON.stringify(PLUGIN_TSCONFIG, null, 2)}\n`);
  writeDeclarations({ root, to: path.join(staging, "types") });
  return {
    main: "components/index.js",
    types: "types/components/index.d.ts",
    files: [...ROOMS, "types", "tsconfig.json", ...OWN_FILES, "CHANGELOG.md"],
  };
}

function writeDeclarations({ root, to }) {
  const tsconfig = path.join(root, "build/packages/declarations.tsconfig.json");
  const compilerOptions = {
    declaration: true,
    emitDeclarationOnly: true,
    incremental: false,
    rootDir: root,
    outDir: to,
  };
  writeFileSync(
    tsconfig,
    JSON.stringify({
      extends: path.join(root, "tsconfig.json"),
      compilerOptions: { ...compilerOptions, tsBuildInfoFile: null },
      include: [],
      files: [path.join(root, "components/index.ts")],
    }),
  );
  execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-p", tsconfig], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
}
