// When a new journal may take the place of one that is lost or broken, and when it must not.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rebuiltJournal } from "../../../migrate/adapters/files/rebuilt-journal";
import { openRunStore } from "../../../migrate/adapters/files/run-store";
import { FargateCmkError } from "../../../migrate/errors";
import { STARTED } from "../machine/run-fixture";

const CLOCK = { nowMs: () => Date.parse("2026-06-01T09:00:00.000Z"), sleep: async () => {} };

describe("rebuiltJournal", () => {
  let directory: string;
  const file = (name: string) => path.join(directory, name);

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "fargate-cmk-rebuilt-"));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** A run of one line whose process has ended. */
  async function begun(): Promise<void> {
    const { store, release } = await openRunStore({ directory, clock: CLOCK });
    await store.append(STARTED, CLOCK.nowMs());
    await release();
  }

  async function refusal(isAsked: boolean): Promise<string> {
    const error = await rebuiltJournal(directory, isAsked).then(
      () => assert.fail("it was not refused"),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof FargateCmkError);
    return error.code;
  }

  it("lets a run begin where none has begun", async () => {
    assert.equal(await rebuiltJournal(directory, false), null);
  });

  it("lets a run go on that has its journal", async () => {
    await begun();
    assert.equal(await rebuiltJournal(directory, false), null);
  });

  it("lets one begin whose process died between the lock and its first line", async () => {
    await begun();
    writeFileSync(file("journal.jsonl"), "");
    assert.equal(await rebuiltJournal(directory, false), null);
  });

  it("does not take a run whose journal is gone for one that has not begun", async () => {
    await begun();
    rmSync(file("journal.jsonl"));
    assert.equal(await refusal(false), "journal-broken");
    assert.equal(await rebuiltJournal(directory, true), "the journal was missing");
  });

  it("nor one whose journal is empty beside a report", async () => {
    await begun();
    writeFileSync(file("journal.jsonl"), "");
    writeFileSync(file("report.json"), "{}");
    assert.equal(await refusal(false), "journal-broken");
    assert.match(
      (await rebuiltJournal(directory, true)) ?? "",
      /^the journal was empty; it is kept as journal-broken-1/,
    );
  });

  it("keeps a broken one under another name, and never twice the same", async () => {
    for (const kept of ["journal-broken-1.jsonl", "journal-broken-2.jsonl"]) {
      await begun();
      const text = readFileSync(file("journal.jsonl"), "utf8").replace('"seq":1', '"seq":7');
      writeFileSync(file("journal.jsonl"), text);
      assert.equal(await refusal(false), "journal-broken");
      assert.match((await rebuiltJournal(directory, true)) ?? "", new RegExp(`it is kept as ${kept}$`));
      assert.equal(readFileSync(file(kept), "utf8"), text);
    }
  });

  it("puts no journal aside that can be gone on with, and none of another version", async () => {
    await begun();
    assert.equal(await refusal(true), "refused");
    writeFileSync(file("journal.jsonl"), readFileSync(file("journal.jsonl"), "utf8").replace('{"v":1', '{"v":2'));
    assert.equal(await refusal(true), "foreign-version");
    assert.deepEqual(
      readdirSync(directory).filter((name) => name.startsWith("journal-broken")),
      [],
    );
  });

  it("touches nothing while another process may work on the run", async () => {
    const { store, release } = await openRunStore({ directory, clock: CLOCK, host: "elsewhere" });
    await store.append(STARTED, CLOCK.nowMs());
    rmSync(file("journal.jsonl"));
    assert.equal(await refusal(true), "lock-held");
    await release();
  });
});
