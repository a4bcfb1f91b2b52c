import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fleet } from "../../../domain/fleet";
import { parseFleet } from "../../../migrate/core/model/parse-fleet";
import type { OutputFile } from "../../../migrate/core/offline/outputs";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { scan } from "../../../migrate/drive/scan";
import { demoFleet } from "../../../simulator/demo-fleet";
import { aFleet } from "../../../simulator/fleet-builder";
import { withSimulatedAws } from "../adapters-aws/simulated-aws";
import { type CliReplies, type CliReply, cliReplies, inFiles } from "./cli-replies";
import { FILE_SHAPES, fileOf, filesOf, fleetOf } from "./output-files";

const MIXED = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .key("ops-key", { clusters: ["ops"], policy: "worldOpen" })
  .cluster("pay", { key: "pay-key", tags: { tier: "prod" } })
  .service("api", { desired: 3 })
  .behindLoadBalancer()
  .tagged({ tier: "prod" })
  .image("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shared/api:stable")
  .multiArch()
  .secret("pay/db", { jsonKey: "password" })
  .secret("pay/old", { state: "being-deleted" })
  .parameter("/pay/region")
  .protectedTasks(1)
  .alarms("pay-errors", "pay-latency")
  .scaling(2, 8)
  .efsVolume("uploads")
  .service("keyed")
  .keyed()
  .imageGone()
  .secret("pay/gone", { state: "missing" })
  .parameter("/pay/gone", { state: "missing" })
  .logGroupMissing()
  .ebsVolume("scratch")
  .service("spot")
  .spot()
  .service("windows")
  .windows()
  .service("pinned")
  .pinned("1.3.0")
  .service("shop")
  .codeDeploy()
  .service("rolling", { desired: 2 })
  .inFlight()
  .standaloneTask("report")
  .cluster("ops", { key: "ops-key" })
  .service("worker", { desired: 0 })
  .image("public.ecr.aws/docker/library/busybox:1")
  .logGroupMadeAtStart()
  .service("legacy")
  .oldArnFormat()
  .service("stuck")
  .percents(100, 100)
  .cluster("bare")
  .service("open")
  .firing("pay-latency")
  .trails("write-only")
  .build();

interface World {
  readonly live: Fleet;
  readonly replies: CliReplies;
}

describe("a fleet from files", () => {
  const worlds: World[] = [];

  before(async () => {
    for (const fleet of [MIXED, demoFleet({ seed: 7, at: "2026-06-01T08:00:00.000Z" })])
      await withSimulatedAws(fleet, async (aws) => {
        const { ecs, account, surroundings, clock, region } = aws;
        const live = await scan({ ecs, account, surroundings, clock, region });
        worlds.push({ live, replies: await cliReplies(aws, live) });
      });
  });

  it("is the fleet that a live scan makes, down to the last member", async () => {
    for (const { live, replies } of worlds) {
      const fleet = await fleetOf(filesOf(inFiles(replies)), { readAt: live.readAt });
      assert.deepEqual(substance(fleet), substance(live));
    }
  });

  for (const shape of FILE_SHAPES)
    it(`is the same from files that are ${shape}`, async () => {
      for (const { live, replies } of worlds) {
        const files = filesOf(inFiles(replies), () => shape);
        assert.deepEqual(substance(await fleetOf(files, { readAt: live.readAt })), substance(live));
      }
    });

  it("gives every service the class, wave and action that a live scan gives it", async () => {
    for (const { live, replies } of worlds) {
      const fleet = await fleetOf(filesOf(inFiles(replies)));
      assert.deepEqual(planned(fleet), planned(live));
      assert.ok(fleet.readAt <= live.readAt);
    }
  });

  it("does not change when files are renamed, shuffled, cut into pages, or laid one into another", async () => {
    const cases = worlds.map(({ replies }) => ({ replies, contents: inFiles(replies) }));
    for (const { replies, contents } of cases) {
      const options = { configurationsIncluded: true };
      const expected = substance(await fleetOf(filesOf(contents), options));
      await fc.assert(
        fc.asyncProperty(fc.infiniteStream(fc.nat()), async (chances) => {
          const files = rearranged(replies, () => chances.next().value);
          assert.deepEqual(substance(await fleetOf(files, options)), expected);
        }),
        { numRuns: 15 },
      );
    }
  });

  it("is a fleet file that plan reads, and says that it came from files", async () => {
    const [{ replies } = assert.fail("there is no world")] = worlds;
    const fleet = await fleetOf(filesOf(inFiles(replies)));
    const parsed = parseFleet(JSON.stringify(fleet), "fleet.json");
    assert.deepEqual(parsed.extra.outputs, {
      files: filesOf(inFiles(replies)).length,
      skipped: 0,
      readAtFrom: "outputs",
    });
    assert.deepEqual(parsed.unread, []);
  });
});

/** Without where it came from, and without the instants at which each fact was read: a live scan takes its time. */
function substance({ extra: _, ...fleet }: Fleet): unknown {
  return JSON.parse(JSON.stringify(fleet, (member, value) => (member === "asOf" ? undefined : value)));
}

/** What a plan says of each service, without the hashes and instants of its fleet. */
function planned(fleet: Fleet) {
  const { services, rest, waves, totals } = makePlan({
    fleet,
    fleetFile: "fleet.json",
    fleetSha256: "0".repeat(64),
    options: DEFAULT_PLAN_OPTIONS,
  });
  return { services, rest, waves, totals };
}

/** Lists are cut at random places into bare lists and pages; files get any name, any shape, and some share a file. */
function rearranged(replies: CliReplies, chance: () => number): readonly OutputFile[] {
  const pages = inFiles(replies).flatMap((contents): readonly (readonly unknown[])[] =>
    contents.length > 1 ? [contents] : contents.flatMap((reply) => cut(reply, chance).map((page) => [page])),
  );
  const joined: unknown[][] = [];
  for (const page of byChance(pages, chance)) {
    const last = joined.at(-1);
    const isKey = page.length > 1;
    // A key's policy is told by the key in its file: two keys do not share one.
    if (last !== undefined && !isKey && chance() % 3 === 0) last.push(...page);
    else joined.push([...page]);
  }
  return joined.map((contents, index) => {
    const shape = FILE_SHAPES[chance() % FILE_SHAPES.length] ?? "pretty";
    return fileOf(`${chance() % 2 === 0 ? "nested/" : ""}${chance()}-${index}`, contents, shape);
  });
}

function cut(reply: CliReply, chance: () => number): readonly (CliReply | readonly unknown[])[] {
  const entry = Object.entries(reply).find(([, member]) => Array.isArray(member) && member.length > 1);
  // A list that says that nothing narrowed it says so whole, and what failed belongs to what was found.
  if (entry === undefined || "askedFor" in reply) return [reply];
  const [name, items] = entry as [string, unknown[]];
  const at = chance() % items.length;
  return [items.slice(0, at), items.slice(at)]
    .filter((part) => part.length > 0)
    .map((part) => (chance() % 2 === 0 ? part : { ...reply, [name]: part }));
}

function byChance<T>(items: readonly T[], chance: () => number): readonly T[] {
  return items
    .map((item) => ({ item, weight: chance() }))
    .toSorted((a, b) => a.weight - b.weight)
    .map(({ item }) => item);
}
