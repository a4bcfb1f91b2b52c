import assert from "node:assert/strict";
import fc from "fast-check";
import { parseFleet } from "../../../migrate/core/model/parse-fleet";
import { collectOutputs } from "../../../migrate/core/offline/collect-outputs";
import { instantMsOf } from "../../../migrate/core/offline/wire-instant";
import { FargateCmkError } from "../../../migrate/errors";
import { fileOf, fleetOf, textFile } from "./output-files";
import { aCluster, aService, aTask, CLUSTER_ARN, SERVICE_ARN, wholeAccount } from "./small-account";

describe("odd values", () => {
  it("never make a fleet that its readers refuse, nor any error but one with a next step", async () => {
    const odd = fc.constantFrom(
      null,
      "",
      "x",
      -1,
      1.5,
      1e300,
      true,
      [],
      {},
      [null],
      { a: { b: 1 } },
      "2026-99-99T00:00:00Z",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 }), async (changes) => {
        const account = structuredClone(wholeAccount());
        // A copy each, or one that is put inside itself by a later change would have no end.
        for (const [place, value] of changes) replaceOne(account, place, structuredClone(value));
        const files = Object.entries(account).map(([name, replies]) => fileOf(name, replies));
        try {
          parseFleet(JSON.stringify(await fleetOf(files)), "fleet.json");
        } catch (error) {
          assert.ok(error instanceof FargateCmkError, String(error));
          assert.match(error.code, /^(no-outputs|mixed-lanes|usage)$/, error.message);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("of AWS's own samples are read: old ARNs, epoch times, an account of ten digits beside the right one", async () => {
    const fleet = await fleetOf([
      fileOf("a", [{ clusters: [aCluster()] }]),
      fileOf("b", [
        {
          services: [
            aService({
              serviceArn: "arn:aws:ecs:eu-west-1:111122223333:service/api",
              createdAt: 1_777_629_600.123,
              events: [{ id: "92b8", createdAt: 1_777_629_600, message: "(service api) has reached a steady state." }],
            }),
          ],
        },
      ]),
      fileOf("c", [{ tasks: [aTask({ taskArn: "arn:aws:ecs:eu-west-1:1111222233:task/pay/1dc5c17a-422b-4dc4" })] }]),
    ]);
    assert.deepEqual(
      fleet.services.map(({ arn, createdAt }) => [arn, createdAt]),
      [["arn:aws:ecs:eu-west-1:111122223333:service/api", "2026-05-01T10:00:00.123Z"]],
    );
    assert.equal(fleet.tasks.length, 1);
    assert.equal(fleet.lane.account, "111122223333");
  });

  it("are told with the file, the thing and the place", () => {
    const { odd } = collectOutputs([
      fileOf("s.json", [{ services: [aService({ createdAt: "soon", desiredCount: -1 })] }]),
      fileOf("t.json", [{ tasks: [{ lastStatus: "RUNNING" }], failures: [{ arn: "arn:x", reason: "MISSING" }] }]),
    ]);
    assert.deepEqual(odd, [
      { file: "s.json", what: "service api: desiredCount is -1, which is not a whole number from 0" },
      { file: "s.json", what: 'service api: createdAt is "soon", which is not an instant' },
      { file: "t.json", what: "AWS says MISSING of arn:x" },
      { file: "t.json", what: "a task without taskArn was left out" },
    ]);
  });

  it("that nest without end are none of ours", () => {
    const deep = `${'{"clusters":['.repeat(100_000)}${"]}".repeat(100_000)}`;
    const { skipped } = collectOutputs([textFile("deep.json", deep)]);
    assert.match(skipped[0]?.what ?? "", /no output that tells of a fleet/);
  });

  it("that are missing are told where they matter: tags of services", () => {
    const { odd } = collectOutputs([fileOf("s.json", [{ services: [aService({ tags: undefined })] }])]);
    assert.match(odd[0]?.what ?? "", /--include TAGS$/);
  });

  it("that this program does not know keep a service out, and its cluster's list is then incomplete", async () => {
    const fleet = await fleetOf([
      fileOf("a", [{ clusters: [aCluster()] }]),
      fileOf("b", [{ services: [aService({ deploymentController: { type: "NEW_KIND" } })] }]),
      fileOf("c", [{ tasks: [aTask()] }]),
    ]);
    assert.equal(fleet.services.length, 0);
    assert.equal(fleet.clusters[0]?.services.kind, "unknown");
  });

  it("in a configuration make it unknown, not one without a key", async () => {
    const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: { id: 7 } };
    const fleet = await fleetOf([
      fileOf("a", [{ clusters: [aCluster({ configuration: { managedStorageConfiguration } })] }]),
      fileOf("b", [{ services: [aService()] }]),
    ]);
    assert.equal(fleet.clusters[0]?.configuration.kind, "unknown");
  });

  it("of an ARN leave the cluster to be told by another member", async () => {
    const fleet = await fleetOf([
      fileOf("b", [{ services: [aService({ clusterArn: null, serviceName: undefined })] }]),
    ]);
    const [service] = fleet.services;
    assert.deepEqual([service?.arn, service?.clusterArn, service?.name], [SERVICE_ARN, CLUSTER_ARN, "api"]);
  });
});

describe("an instant", () => {
  const expected = Date.UTC(2026, 4, 1, 10, 0, 0, 123);
  for (const written of [
    "2026-05-01T10:00:00.123Z",
    "2026-05-01T12:00:00.123000+02:00",
    "2026-05-01T04:30:00.123-0530",
    "2026-05-01 10:00:00.123+00:00",
    1_777_629_600.123,
    1_777_629_600_123,
    "1777629600.123",
  ])
    it(`is read from ${JSON.stringify(written)}`, () => assert.equal(instantMsOf(written), expected));

  for (const written of ["2026-05-01T10:00:00", "yesterday", "", -5, Number.NaN, 9e15, null, {}])
    it(`is not read from ${JSON.stringify(written)}`, () => assert.equal(instantMsOf(written), null));
});

/** Puts a value at one of all places in the replies of an account, counted in order. */
function replaceOne(tree: object, place: number, value: unknown): void {
  const places: (() => void)[] = [];
  const walk = (node: Record<string, unknown>): void => {
    for (const [member, inner] of Object.entries(node)) {
      places.push(() => {
        node[member] = value;
      });
      if (typeof inner === "object" && inner !== null) walk(inner as Record<string, unknown>);
    }
  };
  for (const replies of Object.values(tree)) walk(replies);
  places[place % places.length]?.();
}
