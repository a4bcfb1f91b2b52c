// How a file of this repository looks.

import assert from "node:assert/strict";
import { ROOMS, type SourceFile, sourceFiles, withoutComments } from "./source-files";

const files = sourceFiles([...ROOMS, "scripts"]);
const LINES_MAX = 300;
const TEST_LINES_MAX = 400;
const FORBIDDEN_NAMES = ["utils", "util", "helpers", "helper", "common", "lib", "services", "manager", "index"];
/** What Pulumi loads by this name: a package's public entry, or a program. */
const ENTRIES = /^(components|policypack|examples\/[^/]+|tests\/engine\/programs\/[^/]+)\/index\.ts$/;
/** Written in two parts, so that this file does not find itself. */
const OPEN_WORDS = new RegExp(["TO" + "DO", "FIX" + "ME", "X" + "XX"].map((word) => `\\b${word}\\b`).join("|"));
const PURE = ["domain/", "migrate/core/", "simulator/world/"];

describe("files", () => {
  it("open with a comment that says what they are for, unless test titles do", () => {
    assert.deepEqual(
      offenders(({ path, text }) => !/\.(test|engine|bench|long)\.ts$/.test(path) && !/^(#!.*\n)?\/\/ \S/.test(text)),
      [],
    );
  });

  it(`have at most ${LINES_MAX} lines, tests ${TEST_LINES_MAX}`, () => {
    const tooLong = ({ path, text }: SourceFile) =>
      text.split("\n").length - 1 > (path.startsWith("tests/") ? TEST_LINES_MAX : LINES_MAX);
    assert.deepEqual(offenders(tooLong), []);
  });

  it("have kebab-case names, and none that says nothing", () => {
    const badName = ({ path }: SourceFile) =>
      path.split("/").some((part) => {
        const name = part.replace(/(\.(test|engine|bench|long))?\.(ts|mjs|cjs|js)$/, "");
        return (FORBIDDEN_NAMES.includes(name) && !ENTRIES.test(path)) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
      });
    assert.deepEqual(offenders(badName), []);
  });

  it("print only in adapters, scripts and the launcher", () => {
    const speaks = ({ path, text }: SourceFile) =>
      !["migrate/adapters/", "migrate/bin/", "scripts/"].some((place) => path.startsWith(place)) &&
      /\bconsole\./.test(code({ path, text }).replace(/`(?:[^`\\]|\\.)*`/g, "``"));
    assert.deepEqual(offenders(speaks), []);
  });

  it("leave nothing open", () => {
    assert.deepEqual(
      offenders(({ text }) => OPEN_WORDS.test(text)),
      [],
    );
  });

  it("skip no test and hide none", () => {
    assert.deepEqual(
      offenders(({ path, text }) => path.startsWith("tests/") && /\b(it|describe)\.(only|skip)\(/.test(text)),
      [],
    );
  });

  it("take neither time nor chance from the machine where they must be pure", () => {
    const impure = /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\brandomUUID\b|\bperformance\.now\(|\bprocess\./;
    assert.deepEqual(
      offenders((file) => isPure(file) && impure.test(code(file))),
      [],
    );
  });

  it("wait for nothing where they must be pure", () => {
    assert.deepEqual(
      offenders((file) => isPure(file) && /\basync\b|\bawait\b|\bsetTimeout\(/.test(code(file))),
      [],
    );
  });

  it("sort copies where they must be pure", () => {
    assert.deepEqual(
      offenders((file) => isPure(file) && /\.(sort|reverse)\(/.test(code(file))),
      [],
    );
  });

  it("export by name only", () => {
    assert.deepEqual(
      offenders(({ path, text }) => path.endsWith(".ts") && /^export default\b/m.test(text)),
      [],
    );
  });
});

function offenders(isOffender: (file: SourceFile) => boolean): readonly string[] {
  return files.filter(isOffender).map(({ path }) => path);
}

function isPure({ path }: SourceFile): boolean {
  return PURE.some((folder) => path.startsWith(folder));
}

const TEXTS = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`/g;

/** Without comments and texts, so that only what runs is judged. */
function code({ path, text }: Pick<SourceFile, "path" | "text">): string {
  return path.startsWith("tests/tidy/") ? "" : withoutComments(text).replace(TEXTS, '""');
}
