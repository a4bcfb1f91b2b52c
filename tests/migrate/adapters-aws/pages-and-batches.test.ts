import assert from "node:assert/strict";
import { inBatches } from "../../../migrate/adapters/aws/in-batches";
import { walkPages } from "../../../migrate/adapters/aws/walk-pages";

describe("walking pages", () => {
  it("goes to the last page and keeps the order", async () => {
    const pages: Record<string, { items: string[]; nextToken?: string }> = {
      first: { items: ["a", "b"], nextToken: "second" },
      second: { items: [], nextToken: "third" },
      third: { items: ["c"] },
    };
    const walked = await walkPages({
      operation: "ecs:ListServices",
      page: async ({ nextToken = "first" }) => ({
        nextToken: undefined,
        ...pages[nextToken],
        items: pages[nextToken]?.items ?? [],
      }),
    });
    assert.deepEqual(walked, ["a", "b", "c"]);
  });

  it("takes a blank token for the end", async () => {
    const page = async () => ({ items: [1], nextToken: "" });
    assert.deepEqual(await walkPages({ operation: "ecs:ListTasks", page }), [1]);
  });

  it("does not walk in a circle", async () => {
    const page = async () => ({ items: [1], nextToken: "same" });
    await assert.rejects(walkPages({ operation: "ecs:ListTasks", page }), /ecs:ListTasks: page 2 names itself/);
  });

  it("ends at its limit", async () => {
    let page = 0;
    const endless = async () => {
      page += 1;
      return { items: [page], nextToken: `${page}` };
    };
    await assert.rejects(walkPages({ operation: "ecs:ListTasks", page: endless, pagesMax: 3 }), /more than 3 pages/);
    assert.equal(page, 3);
  });
});

describe("cutting into batches", () => {
  it("asks for at most so many at once, each once, and for none when there are none", async () => {
    const asked: (readonly string[])[] = [];
    const describe = async (batch: readonly string[]) => {
      asked.push(batch);
      return { found: batch, failures: [] };
    };
    const ids = Array.from({ length: 23 }, (_, index) => `s${index}`);
    const { found } = await inBatches({ operation: "ecs:DescribeServices", ids: [...ids, "s0"], most: 10, describe });
    assert.deepEqual(found, ids);
    assert.deepEqual(
      asked.map(({ length }) => length),
      [10, 10, 3],
    );
    await inBatches({ operation: "ecs:DescribeServices", ids: [], most: 10, describe });
    assert.equal(asked.length, 3);
  });

  it("tells what AWS does not know apart from what it found", async () => {
    const describe = async () => ({ found: ["a"], failures: [{ arn: "b", reason: "MISSING" }] });
    const reply = await inBatches({ operation: "ecs:DescribeTasks", ids: ["a", "b"], most: 100, describe });
    assert.deepEqual(reply, { found: ["a"], missing: ["b"] });
  });

  it("does not take another failure for a missing item", async () => {
    const describe = async () => ({ found: [], failures: [{ arn: "b", reason: "ODD" }] });
    await assert.rejects(inBatches({ operation: "ecs:DescribeTasks", ids: ["b"], most: 100, describe }), {
      kind: "rejected",
      code: "ODD",
    });
  });
});
