// The sources of the repository as the rules of tidiness see them.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path from the root without extension, or a package name. */
  readonly target: string;
  readonly isRelative: boolean;
  readonly isTypeOnly: boolean;
}

export const ROOMS = ["components", "domain", "examples", "migrate", "policypack", "simulator", "tests"] as const;

const SOURCE = /\.(ts|mjs|cjs|js)$/;

/** Every source file below the given folders. Tests run from the root. */
export function sourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
      .map((entry) => path.posix.join(entry.parentPath.split(path.sep).join("/"), entry.name))
      .filter((file) => !file.includes("node_modules/") && !file.startsWith("policypack/dist/"))
      .map(sourceFile),
  );
}

function sourceFile(file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  return { path: file, text, imports: importsOf(file, withoutComments(text)) };
}

/** Text inside strings stays: only whole comment lines and blocks go. */
export function withoutComments(text: string): string {
  return text.replace(/^\s*\/\/.*$/gm, "").replace(/^\s*\/\*[\s\S]*?\*\//gm, "");
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"/gm;
const BARE = /^\s*import\s+"([^"]+)"/gm;
const CALL = /(?<![.\w])(?:require|import)\(\s*"([^"]+)"\s*\)/g;

function importsOf(file: string, code: string): readonly Import[] {
  const statements = [...code.matchAll(STATEMENT)].map(([, type, name = ""]) =>
    imported(file, name, type !== undefined),
  );
  const loaded = [...code.matchAll(BARE), ...code.matchAll(CALL)].map(([, name = ""]) => imported(file, name, false));
  return [...statements, ...loaded];
}

function imported(file: string, name: string, isTypeOnly: boolean): Import {
  const isRelative = name.startsWith(".");
  const target = isRelative ? path.posix.join(path.posix.dirname(file), name).replace(/\.js$/, "") : name;
  return { target, isRelative, isTypeOnly };
}
