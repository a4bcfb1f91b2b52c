import assert from "node:assert/strict";
import { cheaperListing } from "../../../migrate/core/machine/cheaper-listing";

describe("the cheaper listing of tasks", () => {
  const cases: readonly (readonly [
    title: string,
    cluster: number,
    services: readonly number[],
    of: string,
    calls: number,
  ])[] = [
    ["one service of a small cluster by itself", 12, [2], "services", 1],
    ["two services of a small cluster together", 12, [2, 2], "cluster", 1],
    ["ten services of a large cluster one by one", 4_000, Array(10).fill(2), "services", 10],
    ["fifty services of a large cluster together", 4_000, Array(50).fill(2), "cluster", 40],
    ["one service of many tasks by its pages", 1_000, [250], "services", 3],
    ["services without tasks, whose lists cost a call all the same", 0, [0, 0], "cluster", 1],
  ];
  for (const [title, tasksOfCluster, tasksOfServices, of, calls] of cases)
    it(`lists ${title}`, () => {
      assert.deepEqual(cheaperListing({ tasksOfCluster, tasksOfServices }), { of, calls });
    });
});
