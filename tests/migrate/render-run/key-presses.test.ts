// Single keys of a terminal, without one: what is taken, what becomes a signal, and what mode the terminal is left in.

import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { keyPresses } from "../../../migrate/adapters/terminal/key-presses";

class FakeTerminal extends EventEmitter {
  isRaw = false;
  isFlowing = false;
  modes: boolean[] = [];

  setRawMode(isRaw: boolean): void {
    this.isRaw = isRaw;
    this.modes.push(isRaw);
  }

  resume(): void {
    this.isFlowing = true;
  }

  pause(): void {
    this.isFlowing = false;
  }

  type(text: string): void {
    this.emit("data", Buffer.from(text));
  }
}

function listening() {
  const source = new FakeTerminal();
  const keys: string[] = [];
  const signals: string[] = [];
  const presses = keyPresses({ source, onKey: (key) => keys.push(key), send: (signal) => signals.push(signal) });
  presses.start();
  return { source, keys, signals, presses };
}

describe("key presses", () => {
  it("come one by one, also when several were typed at once", () => {
    const { source, keys } = listening();
    source.type("p");
    source.type("ar");
    assert.deepEqual(keys, ["p", "a", "r"]);
  });

  it("are signals where a terminal that is not raw would send them", () => {
    const { source, keys, signals } = listening();
    source.type("\u0003\u001ap");
    assert.deepEqual(signals, ["SIGINT", "SIGTSTP"]);
    assert.deepEqual(keys, ["p"]);
  });

  it("give the terminal back before a signal that ends the process at once", () => {
    const { source, signals } = listening();
    source.type("\u001c");
    assert.deepEqual([source.isRaw, signals], [false, ["SIGQUIT"]]);
  });

  it("leave arrows and function keys out; a lone escape is a key", () => {
    const { source, keys } = listening();
    source.type("\u001b[A\u001bOP\u001b[15~");
    source.type("\u001b");
    assert.deepEqual(keys, ["\u001b"]);
  });

  it("leave the terminal as it was, and hear nothing more", () => {
    const { source, keys, presses } = listening();
    assert.deepEqual([source.isRaw, source.isFlowing], [true, true]);
    presses.stop();
    presses.stop();
    source.type("p");
    assert.deepEqual([source.isRaw, source.isFlowing, keys], [false, false, []]);
  });

  it("let go of a terminal that is somebody else's without changing its mode", () => {
    const { source, keys, presses } = listening();
    const before = source.modes.length;
    presses.letGo();
    source.type("p");
    assert.deepEqual([source.modes.length, source.isFlowing, keys], [before, false, []]);
    presses.start();
    source.type("p");
    assert.deepEqual([source.isRaw, keys], [true, ["p"]]);
  });

  it("outlive a terminal that hangs up", () => {
    const { source, presses } = listening();
    source.setRawMode = () => {
      throw new Error("EIO");
    };
    source.emit("error", new Error("EIO"));
    presses.stop();
    assert.equal(source.isFlowing, false);
  });
});
