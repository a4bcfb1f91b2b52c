import assert from "node:assert/strict";
import { inParallel } from "../../../migrate/drive/in-parallel";

describe("work in parallel", () => {
  it("keeps the order of the items and never does more at once than allowed", async () => {
    let now = 0;
    let most = 0;
    const items = Array.from({ length: 40 }, (_, index) => index);
    const results = await inParallel({
      items,
      atOnce: 4,
      async work(item) {
        now += 1;
        most = Math.max(most, now);
        for (let turn = 0; turn < (item * 7) % 5; turn += 1) await Promise.resolve();
        now -= 1;
        return item * 2;
      },
    });
    assert.deepEqual(
      results,
      items.map((item) => item * 2),
    );
    assert.equal(most, 4);
  });

  it("does nothing for nothing", async () => {
    assert.deepEqual(await inParallel({ items: [], atOnce: 4, work: async () => 1 }), []);
  });

  it("begins nothing new after a failure and hands that failure on", async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error("the second");
    };
    await assert.rejects(inParallel({ items: [0, 1, 2, 3, 4, 5, 6, 7], atOnce: 2, work }), /the second/);
    assert.ok(begun.length < 8);
  });
});
