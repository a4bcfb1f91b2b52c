// The registries of messages and errors: every code is used somewhere, and the generated pages are up to date.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ERRORS } from "../../migrate/errors";
import { MESSAGES } from "../../migrate/messages";
import { sourceFiles } from "./source-files";

const sources = sourceFiles(["migrate"]).filter(({ path }) => !/^migrate\/(messages|errors)(\.ts|\/)/.test(path));

describe("registries", () => {
  it("hold no message that nothing emits", () => {
    assert.deepEqual(unused(Object.keys(MESSAGES)), []);
  });

  it("hold no error that nothing throws", () => {
    const inRegistry = readFileSync("migrate/errors.ts", "utf8");
    const thrownThere = (code: string) => inRegistry.includes(`FargateCmkError("${code}"`);
    assert.deepEqual(
      unused(Object.keys(ERRORS)).filter((code) => !thrownThere(code)),
      [],
    );
  });
});

describe("generated documents", () => {
  it("are what the registries say now: npm run gen writes them", async () => {
    for (const [file, text] of Object.entries(await generatedPages())) {
      assert.ok(existsSync(file), `${file} is missing`);
      assert.equal(readFileSync(file, "utf8"), text, `${file} is out of date`);
    }
  });
});

function unused(codes: readonly string[]): readonly string[] {
  return codes.filter((code) => !sources.some(({ text }) => text.includes(`"${code}"`)));
}

/** Of the build that this test stands in. */
async function generatedPages(): Promise<Readonly<Record<string, string>>> {
  const script = pathToFileURL(path.resolve("scripts/generated-pages.mjs")).href;
  const { generatedPages: pages } = (await import(script)) as { generatedPages(build: string): Record<string, string> };
  return pages(path.resolve(__dirname, "../.."));
}
