// From an HTTP request to what goes back over the connection: decode, call the simulation, encode.
// Invariants
//   whatever arrives, an answer or a broken connection goes back: nothing is thrown
//   a reply of ours that does not fit AWS's shape is told as a 500 that names the member, and kept in `defects`
//   an answer carries the simulation's time as its Date only where it refuses the caller's clock: SDK clients correct their clocks
//   by it, and take every error for one that is worth another try while the two differ

import { isRefusedForTime } from "../api-error";
import type { Outcome, Simulation } from "../simulation";
import type { Call, Reply } from "../world/call";
import { type DecodeContext, type Decoded, decodeRequest } from "./decode-request";
import { type Dialect, NO_DIALECT } from "./dialect";
import { encodeError, type WireError } from "./encode-error";
import { encodeOutput } from "./encode-output";
import { RoleSessions } from "./role-sessions";
import { describeProblem } from "./shape-problem";
import type { WireRequest, WireResponse } from "./wire-message";

export type Answer =
  | { readonly kind: "answered"; readonly response: WireResponse; readonly afterMs: number }
  | { readonly kind: "reset" }
  | { readonly kind: "lost" };

export interface WireOptions {
  readonly simulation: Simulation;
  /** The account of access keys that name none; 12 digits. */
  readonly defaultAccount?: string;
}

/** The account of AWS's own examples. */
export const DEFAULT_ACCOUNT = "111122223333";
const DEFECTS_MAX = 100;

export class Wire {
  readonly #simulation: Simulation;
  readonly #sessions = new RoleSessions();
  readonly #context: DecodeContext;
  readonly #defects: string[] = [];
  #requests = 0;

  constructor({ simulation, defaultAccount = DEFAULT_ACCOUNT }: WireOptions) {
    this.#simulation = simulation;
    this.#context = { defaultAccount, sessionOf: (accessKeyId) => this.#sessions.get(accessKeyId) };
  }

  /** What of ours was wrong so far, at most a hundred: empty in a right simulator. */
  defects(): readonly string[] {
    return this.#defects;
  }

  answer(request: WireRequest): Answer {
    this.#requests += 1;
    const requestId = `00000000-0000-4000-8000-${String(this.#requests).padStart(12, "0")}`;
    try {
      const decoded = decodeRequest(request, this.#context);
      if (decoded.kind === "refused") return failed(decoded.error, decoded.dialect, requestId);
      return this.#carryOut(decoded, requestId);
    } catch (error) {
      return this.#defect(error instanceof Error ? error.message : String(error), NO_DIALECT, requestId);
    }
  }

  #carryOut(decoded: Extract<Decoded, { kind: "call" }>, requestId: string): Answer {
    const { call, model } = decoded;
    const outcome = this.#outcomeOf(call);
    if (outcome.kind === "threw")
      return this.#defect(`${call.service}:${call.operation}: ${outcome.why}`, model, requestId);
    if (outcome.kind !== "answered") return outcome;
    const { reply, afterMs } = outcome;
    if (reply.kind === "error") {
      const answer = { ...failed(wireErrorOf(reply), model, requestId), afterMs };
      return isRefusedForTime(reply) ? this.#dated(answer) : answer;
    }
    this.#sessions.remember(call, reply.output);
    const encoded = encodeOutput({ model, operation: decoded.operation, output: reply.output, requestId });
    if (encoded.kind === "response") return { kind: "answered", response: encoded.response, afterMs };
    const why = `the reply of ${call.service}:${call.operation} does not fit: ${describeProblem(encoded.problem)}`;
    return this.#defect(why, model, requestId);
  }

  #dated(answer: Extract<Answer, { kind: "answered" }>): Answer {
    const date = new Date(this.#simulation.clock.nowMs()).toUTCString();
    return { ...answer, response: { ...answer.response, headers: { ...answer.response.headers, date } } };
  }

  #outcomeOf(call: Call): Outcome | { readonly kind: "threw"; readonly why: string } {
    try {
      return this.#simulation.call(call);
    } catch (error) {
      return { kind: "threw", why: error instanceof Error ? error.message : String(error) };
    }
  }

  #defect(why: string, dialect: Dialect, requestId: string): Answer {
    if (this.#defects.length < DEFECTS_MAX) this.#defects.push(why);
    return failed(
      { code: "InternalFailure", message: `the simulator is at fault: ${why}`, status: 500 },
      dialect,
      requestId,
    );
  }
}

function wireErrorOf({ code, message, httpStatus }: Extract<Reply, { kind: "error" }>): WireError {
  return { code, message, status: httpStatus };
}

function failed(error: WireError, dialect: Dialect, requestId: string): Extract<Answer, { kind: "answered" }> {
  return { kind: "answered", response: encodeError(error, { dialect, requestId }), afterMs: 0 };
}
