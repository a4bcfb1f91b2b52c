// The two routes of a simulator by which another process shares its time: GET and POST below /_simulator/.
//
// Invariants
//   only loopback is ever asked: no AWS endpoint gets a request that is not AWS's
//   every request has a time limit; an answer that is no clock is no simulator

export interface ClockReading {
  readonly nowMs: number;
  /** Simulated seconds a second; 0 where the wall plays no part. */
  readonly speed: number;
  readonly mode: "scaled" | "stepped";
}

export interface SimulatorSteering {
  /** Null when nobody there answers as a simulator does. */
  readClock(): Promise<ClockReading | null>;
  /** Moves simulated time on; null when nobody answers. */
  advance(ms: number): Promise<ClockReading | null>;
}

const ANSWER_MAX_MS = 2_000;

export function simulatorSteering(endpoint: string): SimulatorSteering {
  const url = (route: string): URL => new URL(`/_simulator/${route}`, endpoint);
  return {
    readClock: () => ask(url("clock"), { method: "GET" }),
    advance: (ms) => ask(url("advance"), { method: "POST", body: JSON.stringify({ ms }) }),
  };
}

/** Whether an endpoint is on this machine. */
export function isLoopback(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { hostname } = new URL(endpoint);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

async function ask(
  url: URL,
  request: { readonly method: string; readonly body?: string },
): Promise<ClockReading | null> {
  try {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(ANSWER_MAX_MS) });
    return answer.ok ? readingOf(await answer.json()) : null;
  } catch {
    return null;
  }
}

function readingOf(body: unknown): ClockReading | null {
  if (typeof body !== "object" || body === null) return null;
  const { now, speed, mode } = body as { readonly now?: unknown; readonly speed?: unknown; readonly mode?: unknown };
  const nowMs = typeof now === "string" ? Date.parse(now) : Number.NaN;
  if (Number.isNaN(nowMs) || typeof speed !== "number" || typeof mode !== "string") return null;
  return { nowMs, speed, mode: mode === "scaled" && speed > 0 ? "scaled" : "stepped" };
}
