// Single keys from a terminal, as they are pressed.
//
// Invariants
//   a terminal in raw mode makes no signals of Ctrl-C, Ctrl-Z and Ctrl-\, so they are sent from here, to the whole process group as
//   the terminal would: what wraps this process (npx, demo) gets them too
//   the terminal has its mode back after stop(), and at the process's end however it comes (Node resets it at exit)
//   listening keeps no process alive; a terminal that has gone away is no error

export interface KeySource {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: "data", listener: (chunk: Buffer) => void): unknown;
  on(event: "error", listener: () => void): unknown;
  off(event: "data", listener: (chunk: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
  ref?(): unknown;
  unref?(): unknown;
}

export interface KeyPresses {
  /** Takes the keys, from the beginning or after a pause; sets the mode again, which a shell may have changed meanwhile. */
  start(): void;
  /** Gives the terminal back. */
  stop(): void;
  /** Reads no more and leaves the mode alone: the terminal is somebody else's. */
  letGo(): void;
}

export interface KeyPressesOptions {
  readonly source: KeySource;
  readonly onKey: (key: string) => void;
  readonly send: (signal: KeySignal) => void;
}

type KeySignal = "SIGINT" | "SIGTSTP" | "SIGQUIT";

const SIGNAL_OF: Readonly<Record<string, KeySignal>> = {
  "\u0003": "SIGINT",
  "\u001a": "SIGTSTP",
  "\u001c": "SIGQUIT",
};

export function keyPresses({ source, onKey, send }: KeyPressesOptions): KeyPresses {
  const onData = (chunk: Buffer): void => {
    for (const key of keysIn(chunk.toString("utf8"))) {
      const signal = SIGNAL_OF[key];
      if (signal === undefined) onKey(key);
      else sent(signal);
    }
  };
  source.on("error", () => {});
  let isListening = false;

  function sent(signal: KeySignal): void {
    // What ends the process at once leaves it no time to give the terminal back.
    if (signal === "SIGQUIT") stop();
    send(signal);
  }

  function letGo(): void {
    if (!isListening) return;
    isListening = false;
    source.off("data", onData);
    source.pause();
  }

  function stop(): void {
    if (!isListening) return;
    letGo();
    setRaw(source, false);
  }

  return {
    start() {
      letGo();
      isListening = true;
      // Node takes a mode that it thinks is set for set.
      setRaw(source, false);
      setRaw(source, true);
      source.on("data", onData);
      source.resume();
      source.unref?.();
    },
    stop,
    letGo,
  };
}

/** A terminal that hung up has no mode to set. */
function setRaw(source: KeySource, isRaw: boolean): void {
  try {
    source.setRawMode?.(isRaw);
  } catch {
    // Nothing to give back.
  }
}

/** Arrows and function keys come as one escape sequence and mean nothing here; a lone escape is a key. */
function keysIn(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
  return [...text.replace(/\u001b[[O][0-9;]*[A-Za-z~]/g, "")];
}
