// The tests that hold a policy pack to the tables: of the pack as it stands in the repository, and of the one that is installed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { REGISTRY } from "../../../policypack/registry";
import { succeeded } from "../pulumi-process";
import { inOrder, messageOf, type PackUse, previewed, said, saidOfState, withProgram } from "./policy-runs";
import {
  FIRST_PREVIEW,
  FORM,
  MENDED,
  NEVER_IN_A_STATE,
  PLATFORM,
  PRESENCE,
  QUIET,
  UNKNOWN,
  VIOLATIONS,
} from "./tables";

const TODAY = new Date().toISOString().slice(0, 10);

const PROFILES = ["baseline", "strict"] as const;
/** The texts of the SDK and of the pack for a rule that gave up. */
const GAVE_UP = /can't run policy|could not be evaluated/;

/** Registers the tests in the suite around the call; `packFolder` is asked when they run. */
export function tablesHold(packFolder: () => string): void {
  const inProfile = (profile: (typeof PROFILES)[number]): PackUse & { readonly config: Config } => {
    const file = path.join(packFolder(), "profiles", `${profile}.json`);
    return { folder: packFolder(), config: JSON.parse(readFileSync(file, "utf8")) as Config };
  };

  it("has no word for a program that is as it should be, on its first preview and ever after, and judges it by every rule", () =>
    withProgram("compliant", async (project) => {
      for (const profile of PROFILES) {
        const run = succeeded(await previewed(project, inProfile(profile)));
        assert.deepEqual(said(run), [], profile);
      }
      succeeded(await project.up({ args: ["--skip-preview"] }));
      const later = succeeded(await previewed(project, inProfile("strict")));
      assert.deepEqual(said(later), []);
      assert.deepEqual(notJudged(later.passed), []);
      assert.deepEqual(await saidOfState(project, inProfile("strict")), []);
    }));

  it("finds one violation of every rule once, at the level of each profile, in a program and in an exported state", () =>
    withProgram("violations", async (project) => {
      assert.deepEqual(VIOLATIONS.map(([rule]) => rule).toSorted(), REGISTRY.rules.map(({ id }) => id).toSorted());
      for (const profile of PROFILES)
        assert.deepEqual(said(await previewed(project, inProfile(profile))), violationsIn(profile), profile);
      await project.configure({ config: { exists: "true" } });
      succeeded(await project.up({ args: ["--skip-preview"] }));
      const lasting = (profile: (typeof PROFILES)[number]) =>
        violationsIn(profile).filter(([name = ""]) => !NEVER_IN_A_STATE.includes(name));
      assert.deepEqual(said(await previewed(project, inProfile("strict"))), lasting("strict"));
      for (const profile of PROFILES)
        assert.deepEqual(await saidOfState(project, inProfile(profile)), lasting(profile), profile);
    }));

  it("never stops what is not known yet, and says itself what it could not see", () =>
    withProgram("unknown", async (project) => {
      const run = succeeded(await previewed(project, inProfile("strict")));
      assert.deepEqual(said(run), UNKNOWN);
      for (const { message } of run.violations) {
        assert.doesNotMatch(message, GAVE_UP);
        assert.match(message, /^.* not known yet\b.*\nChecked by: /);
      }
    }));

  it("leaves in peace what only looks wrong", () =>
    withProgram("quiet", async (project) => {
      for (const profile of PROFILES)
        assert.deepEqual(said(succeeded(await previewed(project, inProfile(profile)))), QUIET, profile);
    }));

  it("says of resources that do not exist yet what there is to say, once, and nothing of the others", () =>
    withProgram("first-preview", async (project) => {
      const run = await previewed(project, { folder: packFolder() });
      assert.notEqual(run.status, 0);
      assert.deepEqual(said(run), FIRST_PREVIEW);
      for (const { message } of run.violations) assert.doesNotMatch(message, GAVE_UP);
    }));

  it("takes the strict profile, waivers and exemptions as they are documented, and never waives without a word", () =>
    withProgram("first-preview", async (project) => {
      const accepted = { reason: "moves in spring", owner: "team-orders" };
      const run = await previewed(project, {
        folder: packFolder(),
        config: {
          ...inProfile("strict").config,
          // Nothing here has tags, which would be all that is said.
          "abac-tags": "disabled",
          settings: {
            waivers: [
              { rule: PRESENCE, urnPattern: "*::waived", expires: TODAY, ...accepted },
              { rule: PLATFORM, urnPattern: "*::retired*", expires: "2026-01-01", ...accepted },
              { rule: FORM, urnPattern: "*:*", expires: "9999-12-31", ...accepted },
            ],
            exemptClusters: [{ urnPattern: "*::exempt", ...accepted }],
          },
        },
      });
      const changed: Readonly<Record<string, string>> = { waived: "advisory", exempt: "advisory", still: "mandatory" };
      const wanted = FIRST_PREVIEW.map(([name, rule, level]) => [name, rule, changed[name] ?? level]);
      assert.deepEqual(said(run), inOrder([["first-preview-test", "settings", "mandatory"], ...wanted]));
      assert.match(messageOf(run, "waived"), new RegExp(`^Waived until ${TODAY} by team-orders: moves in spring`));
      assert.match(messageOf(run, "retired"), /The waiver of team-orders expired on 2026-01-01/);
      assert.match(
        messageOf(run, "first-preview-test"),
        /^settings\.waivers\[2\] cannot be read.*\n.*urnPattern: "\*:\*"/,
      );
    }));

  it("mends old pins where it is told to, and tells of a rule that there is not", () =>
    withProgram("first-preview", async (project) => {
      const config = { [PLATFORM]: "remediate", "platform-versions": "mandatory" };
      const run = await previewed(project, { folder: packFolder(), config });
      const left = FIRST_PREVIEW.filter(([name, rule]) => rule !== PLATFORM || !MENDED.includes(name));
      assert.deepEqual(said(run), inOrder([["first-preview-test", "settings", "mandatory"], ...left]));
      assert.match(messageOf(run, "first-preview-test"), /"platform-versions".*\nDid you mean platform-version\?/);
      const pins = run.steps
        .filter(({ name }) => MENDED.includes(name))
        .map((step) => step.new?.inputs.platformVersion);
      assert.deepEqual(
        pins,
        MENDED.map(() => "LATEST"),
      );
    }));

  it("stops an update that takes a key away, sees through ignoreChanges, and judges an exported state alike", () =>
    withProgram("second-update", async (project) => {
      const pack = { folder: packFolder() };
      succeeded(await project.up({ args: ["--skip-preview"] }));
      const before = [["never-gets-its-key", PRESENCE, "mandatory"]];
      assert.deepEqual(said(await previewed(project, pack)), before);
      assert.deepEqual(await saidOfState(project, pack), before);
      await project.configure({ config: { after: "true" } });
      const run = await previewed(project, pack);
      assert.deepEqual(said(run), [
        ["loses-its-key", PRESENCE, "mandatory"],
        ["never-gets-its-key", PRESENCE, "mandatory"],
      ]);
      assert.match(messageOf(run, "never-gets-its-key"), /ignoreChanges names "configuration"/);
      const update = await project.up({ policyPacks: [pack], args: ["--skip-preview"] });
      assert.notEqual(update.status, 0);
      assert.ok(!update.steps.some(({ name, op }) => name === "loses-its-key" && op === "update"));
    }));
}

type Config = Readonly<Record<string, unknown>>;

/** Rules of the pack that passed nowhere. */
function notJudged(passed: readonly string[]): readonly string[] {
  return REGISTRY.rules.map(({ id }) => id).filter((id) => !passed.includes(id));
}

function violationsIn(profile: (typeof PROFILES)[number]): readonly (readonly string[])[] {
  const rows = VIOLATIONS.map(([rule, name, baseline, strict]) => [
    name,
    rule,
    profile === "baseline" ? baseline : strict,
  ]);
  return inOrder(rows.filter(([, , level]) => level !== "off"));
}
