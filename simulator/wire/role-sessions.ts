// The role sessions that AssumeRole gave out: a later request signed with such an access key comes from the role's account.
// Invariant: bounded; the oldest session is forgotten first.

import type { Call } from "../world/call";
import type { RoleSession } from "./credential";

const SESSIONS_MAX = 10_000;

export class RoleSessions {
  readonly #sessions = new Map<string, RoleSession>();

  get(accessKeyId: string): RoleSession | undefined {
    return this.#sessions.get(accessKeyId);
  }

  /** Keeps the session when the call was a successful AssumeRole. */
  remember({ service, operation, input }: Call, output: Readonly<Record<string, unknown>>): void {
    if (service !== "sts" || operation !== "AssumeRole") return;
    const accessKeyId = textAt(output, "Credentials", "AccessKeyId");
    const principalArn = textAt(output, "AssumedRoleUser", "Arn");
    const account = /^arn:[^:]+:iam::([0-9]{12}):role\//.exec(String(input.RoleArn))?.[1];
    if (accessKeyId === null || principalArn === null || account === undefined) return;
    this.#sessions.set(accessKeyId, { account, principalArn });
    const oldest = this.#sessions.keys().next().value;
    if (this.#sessions.size > SESSIONS_MAX && oldest !== undefined) this.#sessions.delete(oldest);
  }
}

function textAt(output: Readonly<Record<string, unknown>>, structure: string, member: string): string | null {
  const inner = output[structure];
  const value = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[member] : null;
  return typeof value === "string" ? value : null;
}
