import assert from "node:assert/strict";
import { ProgressLine } from "./progress-line";

describe("a progress line", () => {
  it("is written over on a terminal, no longer than it is wide, and goes when something stays", () => {
    const { line, said } = on({ isTTY: true, columns: 11 });
    line.tell("1 of 2 lives", 250);
    line.clear();
    assert.deepEqual(said, ["\r\u001b[2K1 of 2 liv", "\r\u001b[2K"]);
  });

  it("is a plain line elsewhere, and nothing is written over", () => {
    const { line, said } = on({});
    line.tell("1 of 2 lives", 20_000);
    line.clear();
    assert.deepEqual(said, ["1 of 2 lives\n"]);
  });

  it("comes no sooner than after a while", () => {
    const { line, said } = on({});
    for (const nowMs of [1_000, 19_999, 20_000, 39_999, 40_000]) line.tell(String(nowMs), nowMs);
    assert.deepEqual(said, ["20000\n", "40000\n"]);
  });
});

function on(stream: { readonly isTTY?: boolean; readonly columns?: number }) {
  const said: string[] = [];
  return { said, line: new ProgressLine({ ...stream, write: (text) => said.push(text) }, 0) };
}
