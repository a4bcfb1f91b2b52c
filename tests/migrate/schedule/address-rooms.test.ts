import assert from "node:assert/strict";
import fc from "fast-check";
import { known, unknown } from "../../../domain/fact";
import type { SubnetRecord } from "../../../domain/fleet";
import { addressRooms } from "../../../migrate/core/schedule/address-rooms";

function subnet(id: string, free: number | null): SubnetRecord {
  const availableIpAddresses = free === null ? unknown("not seen") : known(free, "");
  return { id, vpcId: null, availabilityZone: null, cidrBlock: null, availableIpAddresses };
}

describe("addressRooms", () => {
  const seen = [subnet("a", 1), subnet("b", 2), subnet("c", 4), subnet("d", 8), subnet("dark", null)];
  const roomsOf = (own: readonly string[], ...others: readonly (readonly string[])[]) =>
    addressRooms([own, ...others], seen)(own).map(({ subnets, free }) => `${subnets.join("+")}=${free}`);

  it("give a set of subnets the sum of their free addresses", () => assert.deepEqual(roomsOf(["b", "a"]), ["a+b=3"]));

  it("watch every set that the service's own is part of, for they share addresses", () =>
    assert.deepEqual(roomsOf(["a"], ["a", "b"], ["c"]), ["a=1", "a+b=3"]));

  it("watch unions of sets that overlap, which can be short when each set alone is not", () =>
    assert.deepEqual(roomsOf(["a", "b"], ["b", "c"], ["d"]), ["a+b=3", "a+b+c=7"]));

  it("limit nothing where a subnet's free addresses were not seen", () => {
    assert.deepEqual(roomsOf(["dark", "a"]), []);
    assert.deepEqual(roomsOf(["gone"]), []);
    assert.deepEqual(roomsOf(["a"], ["a", "dark"]), ["a=1"]);
  });

  it("have nothing for a service without subnets", () => assert.deepEqual(roomsOf([]), []));

  it("end on sets that overlap in a great many ways", () => {
    const ids = Array.from({ length: 40 }, (_, at) => `s${at}`);
    const sets = ids.map((id, at) => [id, ids[(at + 1) % 40] ?? "", ids[(at * 7) % 40] ?? ""]);
    const roomsOfMany = addressRooms(
      sets,
      ids.map((id) => subnet(id, 10)),
    );
    for (const set of sets) assert.ok(roomsOfMany(set).length >= 1);
  });

  it("have room for all tasks exactly when each task finds an address, whatever the sets", () => {
    const ids = ["a", "b", "c", "d"];
    const anySet = fc.subarray(ids, { minLength: 1 });
    const anyDemand = fc.array(fc.record({ set: anySet, tasks: fc.integer({ min: 1, max: 5 }) }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 4, maxLength: 4 }), anyDemand, (free, demands) => {
        const lookUp = addressRooms(
          demands.map(({ set }) => set),
          ids.map((id, at) => subnet(id, free[at] ?? 0)),
        );
        const used = new Map<string, number>();
        const overfull = demands.some(({ set, tasks }) =>
          lookUp(set).some(({ subnets, free: most }) => {
            const sum = (used.get(subnets.join()) ?? 0) + tasks;
            used.set(subnets.join(), sum);
            return sum > most;
          }),
        );
        assert.equal(!overfull, allPlaced(demands, new Map(ids.map((id, at) => [id, free[at] ?? 0]))));
      }),
      { numRuns: 500 },
    );
  });
});

/** Task by task, with augmenting paths: a task may push another to a different subnet. */
function allPlaced(
  demands: readonly { set: readonly string[]; tasks: number }[],
  free: ReadonlyMap<string, number>,
): boolean {
  const tasks = demands.flatMap(({ set, tasks: count }) => Array.from({ length: count }, () => set));
  const placed = new Map<string, number[]>([...free.keys()].map((id) => [id, []]));
  const place = (task: number, tried: Set<string>): boolean =>
    (tasks[task] ?? []).some((id) => {
      if (tried.has(id)) return false;
      tried.add(id);
      const here = placed.get(id) ?? [];
      const goes = here.length < (free.get(id) ?? 0) ? -1 : here.findIndex((other) => place(other, tried));
      if (goes === -1 && here.length >= (free.get(id) ?? 0)) return false;
      if (goes >= 0) here.splice(goes, 1);
      here.push(task);
      return true;
    });
  return tasks.every((_, task) => place(task, new Set()));
}
