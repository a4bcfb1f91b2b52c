// A stand-in for the clock routes of a simulator, whose time a test owns.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface SimulatedTime {
  readonly endpoint: string;
  /** What was advanced, in order, in milliseconds. */
  readonly advances: readonly number[];
  nowMs: number;
  close(): Promise<void>;
}

export async function startSimulatedTime(options: {
  readonly mode: "manual" | "scaled" | "virtual";
  readonly speed: number;
  readonly nowMs: number;
}): Promise<SimulatedTime> {
  const advances: number[] = [];
  const state = { nowMs: options.nowMs };
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    if (incoming.url === "/_simulator/advance") {
      const { ms } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { ms: number };
      advances.push(ms);
      state.nowMs += ms;
    }
    const { mode, speed } = options;
    response.end(JSON.stringify({ now: new Date(state.nowMs).toISOString(), nowMs: state.nowMs, speed, mode }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    advances,
    get nowMs() {
      return state.nowMs;
    },
    set nowMs(value: number) {
      state.nowMs = value;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
