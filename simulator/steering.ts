// The routes below /_simulator/ by which a person or a test steers the simulation from outside. JSON in, JSON out.
//   GET  clock    {now, nowMs, speed, mode}
//   POST advance  {ms} or {seconds} or {until: ISO 8601} or {toNextEvent: true}; answers as clock
//   POST fault    a fault (parse-fault.ts)
//   GET  state    what the world holds;  POST state  a fleet, of which a new world is made
//   GET  calls    how often each operation was called, and what of the simulator itself was wrong
// Invariants: a wrong request is a 400 that says what would be right; a request from a web page is refused.

import { FLEET_SCHEMA, FLEET_VERSION, type Fleet } from "../domain/fleet";
import { FaultError, parseFault } from "./parse-fault";
import type { SimulatedWorld, Simulation } from "./simulation";
import type { WireRequest, WireResponse } from "./wire/wire-message";

export const STEERING_PREFIX = "/_simulator/";

export interface SteeringOptions {
  readonly simulation: Simulation;
  /** What the wire found wrong with the simulator itself. */
  readonly defects: () => readonly string[];
  /** Makes a world of a fleet; its `readAt` is the instant at which that world begins. */
  readonly worldOf: (fleet: Fleet) => SimulatedWorld;
}

export function steer(request: WireRequest, options: SteeringOptions): WireResponse {
  // Browsers add `origin` to what a page posts elsewhere: a page open beside the simulator must not steer it.
  if (request.headers.origin !== undefined) return json(403, { error: "requests from web pages are refused" });
  const route = `${request.method} ${request.path.slice(STEERING_PREFIX.length).split("?")[0]}`;
  try {
    return routed(route, request.body, options);
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function routed(route: string, body: string, options: SteeringOptions): WireResponse {
  const { simulation } = options;
  switch (route) {
    case "GET clock":
      return json(200, clockView(simulation));
    case "POST advance":
      simulation.clock.advance(durationOf(parseBody(body), simulation));
      return json(200, clockView(simulation));
    case "POST fault":
      schedule(parseBody(body), simulation);
      return json(200, {});
    case "GET state":
      return json(200, simulation.state());
    case "POST state":
      replaceWorld(parseBody(body), options);
      return json(200, {});
    case "GET calls":
      return json(200, { ...simulation.calls(), defects: options.defects() });
    default:
      return json(404, { error: `no route "${route}"; there are clock, advance, fault, state and calls` });
  }
}

function clockView({ clock }: Simulation) {
  const nowMs = clock.nowMs();
  return { now: new Date(nowMs).toISOString(), nowMs, speed: clock.speed, mode: clock.mode };
}

function durationOf(body: unknown, simulation: Simulation): number {
  const { ms, seconds, until, toNextEvent } = recordOf(body);
  const nowMs = simulation.clock.nowMs();
  if (typeof ms === "number") return ms;
  if (typeof seconds === "number") return seconds * 1000;
  if (typeof until === "string") return Date.parse(until) - nowMs;
  if (toNextEvent === true) return Math.max(0, (simulation.due() ?? nowMs) - nowMs);
  throw new RangeError(
    'say how far: {"ms": 1000}, {"seconds": 60}, {"until": "2026-01-01T00:00:00Z"} or {"toNextEvent": true}',
  );
}

function schedule(body: unknown, simulation: Simulation): void {
  const parsed = parseFault(body, simulation.clock.nowMs());
  if (parsed.kind === "api") simulation.scheduleFault(parsed.fault);
  else simulation.inject(parsed.fault);
}

function replaceWorld(body: unknown, { simulation, worldOf }: SteeringOptions): void {
  const { schema, version } = recordOf(body);
  if (schema !== FLEET_SCHEMA || version !== FLEET_VERSION) {
    throw new FaultError(
      `expected a fleet (schema "${FLEET_SCHEMA}", version ${FLEET_VERSION}), found schema ${JSON.stringify(schema)}, ` +
        `version ${JSON.stringify(version)}; post the fleet.json that \`fargate-cmk scan\` writes`,
    );
  }
  const readAt = new Date(simulation.clock.nowMs()).toISOString();
  simulation.replaceWorld(worldOf({ ...(body as Fleet), readAt }));
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new FaultError("the body is not JSON");
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new FaultError("the body must be a JSON object");
}

function json(status: number, value: unknown): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
