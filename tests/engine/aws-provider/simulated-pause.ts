// Pauses in the simulator's time, asked of the simulator itself: a manual or virtual clock is moved on, a scaled one is waited
// for at its speed. Where no simulator answers, the wall clock is waited for.

interface ClockView {
  readonly mode: "virtual" | "scaled" | "manual";
  readonly speed: number;
}

export type Pause = (seconds: number) => Promise<void>;

export function simulatedPause(endpoint: string | undefined): Pause {
  return async (seconds) => {
    const clock = await clockAt(endpoint);
    if (clock === null) return wallClock(seconds);
    if (clock.mode === "scaled") return wallClock(seconds / clock.speed);
    await fetch(`${endpoint}/_simulator/advance`, { method: "POST", body: JSON.stringify({ seconds }) });
  };
}

async function clockAt(endpoint: string | undefined): Promise<ClockView | null> {
  if (endpoint === undefined) return null;
  try {
    const reply = await fetch(`${endpoint}/_simulator/clock`);
    return reply.ok ? ((await reply.json()) as ClockView) : null;
  } catch {
    return null;
  }
}

function wallClock(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
