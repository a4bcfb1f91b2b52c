import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveBlock } from "../../../migrate/adapters/terminal/live-block";
import { TerminalEmulator } from "./terminal-emulator";

const HEIGHT = 10;

function screen(width?: number): { readonly terminal: TerminalEmulator; readonly block: LiveBlock } {
  const terminal = new TerminalEmulator(HEIGHT, width);
  return { terminal, block: new LiveBlock(terminal) };
}

describe("LiveBlock", () => {
  it("replaces what it drew, longer or shorter", () => {
    const { terminal, block } = screen();
    block.draw(["one", "two", "three"]);
    block.draw(["four"]);
    assert.deepEqual(terminal.shown(), ["four"]);
    block.draw(["five", "six"]);
    assert.deepEqual(terminal.shown(), ["five", "six"]);
  });

  it("writes lines that stay above itself", () => {
    const { terminal, block } = screen();
    block.draw(["frame 1", "foot"]);
    block.above("pay/api failed");
    block.draw(["frame 2", "foot"]);
    block.above("pay/web set aside");
    assert.deepEqual(terminal.shown(), ["pay/api failed", "pay/web set aside", "frame 2", "foot"]);
  });

  it("erases only its own lines", () => {
    const { terminal, block } = screen();
    terminal.write("$ fargate-cmk run plan.json\n");
    block.draw(["a", "b"]);
    block.draw([]);
    assert.deepEqual(terminal.shown(), ["$ fargate-cmk run plan.json"]);
  });

  it("leaves its last frame where it stands", () => {
    const { terminal, block } = screen();
    block.draw(["last frame"]);
    block.leave();
    block.above("the verdict");
    assert.deepEqual(terminal.shown(), ["last frame", "the verdict"]);
  });

  it("writes nothing when nothing changed, and of a frame only the lines that did", () => {
    const written: string[] = [];
    const block = new LiveBlock({ write: (text) => written.push(text) });
    block.draw(["head", "same", "foot"]);
    block.draw(["head", "same", "foot"]);
    assert.equal(written.length, 1);
    block.draw(["head", "other", "foot"]);
    assert.equal(written.length, 2);
    assert.match(written[1] ?? "", /other/);
    assert.doesNotMatch(written[1] ?? "", /head|foot/);
  });

  it("draws over what somebody typed while it stood there", () => {
    const { terminal, block } = screen();
    block.draw(["a", "b"]);
    terminal.write("typed");
    block.draw(["a", "c"]);
    assert.deepEqual(terminal.shown(), ["a", "c"]);
  });

  it("always shows the lines that stayed, then the last frame, on a screen that scrolls", () => {
    const line = fc
      .string({ minLength: 1, maxLength: 8, unit: fc.constantFrom("a", "b", "█", " ") })
      .map((s) => `${s}.`);
    const step = fc.oneof(
      fc.array(line, { maxLength: HEIGHT - 1 }).map((lines) => ({ draw: lines })),
      line.map((text) => ({ above: text })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { terminal, block } = screen();
        const stayed: string[] = [];
        let frame: readonly string[] = [];
        for (const one of steps) {
          if ("draw" in one) {
            frame = one.draw;
            block.draw(frame);
          } else {
            stayed.push(one.above);
            block.above(one.above);
          }
        }
        assert.deepEqual(terminal.shown(), [...stayed, ...frame]);
      }),
    );
  });

  it("stands right after any change of the width, below what stayed, when the whole of it still fits the screen", () => {
    const width = fc.integer({ min: 12, max: 40 });
    fc.assert(
      fc.property(width, fc.array(width, { maxLength: 6 }), fc.integer({ min: 1, max: 2 }), (first, widths, rows) => {
        const { terminal, block } = screen(first);
        const frameAt = (columns: number, tick: number) =>
          Array.from({ length: rows }, (_, row) => `${row}:${tick}`.padEnd(columns, "x"));
        terminal.write("$ run\n");
        block.draw(frameAt(first, 0));
        for (const [tick, columns] of widths.entries()) {
          terminal.resize(columns, HEIGHT);
          block.resized(columns);
          block.draw(frameAt(columns, tick + 1));
        }
        assert.deepEqual(terminal.shown(), ["$ run", ...frameAt(widths.at(-1) ?? first, widths.length)]);
      }),
    );
  });
});
