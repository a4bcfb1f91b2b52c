// What a person is told about the policy of a key that a stack does not own: what is refused, why, and what its owner has to do.
// The caller puts the argument's name and value in front.
//
// Invariants
//   what differs in nothing but its use is told once, for all of them
//   statements are printed only when adding them helps
//   a list that is too long to read ends with how many more there are

import type { KeyPolicyStatement } from "../../domain/fargate-key-policy";
import type { KeyObjection, KeyPolicyJudgement } from "./key-policy-objections";
import { readableJson } from "./readable-json";

/** Several lines; null when there is no objection. */
export function objectionMessage({ unreadable, objections, missing }: KeyPolicyJudgement): string | null {
  if (unreadable !== null) return `its policy cannot be read: ${unreadable}`;
  if (objections.length === 0) return null;
  const paragraphs = paragraphsOf(objections);
  const shown = paragraphs.slice(0, PARAGRAPHS_MAX).flatMap(refusalLines);
  const more = paragraphs.length - PARAGRAPHS_MAX;
  return [...shown, ...(more > 0 ? [`and so on for ${more} more.`] : []), ...wayOut(missing)].join("\n");
}

/** A line for each use; null when there is no doubt. */
export function doubtMessage({ doubts }: KeyPolicyJudgement): string | null {
  if (doubts.length === 0) return null;
  const paragraphs = paragraphsOf(doubts);
  const lines = paragraphs.slice(0, PARAGRAPHS_MAX).map(doubtLine);
  const more = paragraphs.length - PARAGRAPHS_MAX;
  return [...lines, ...(more > 0 ? [`and so on for ${more} more.`] : [])].join("\n");
}

const PARAGRAPHS_MAX = 5;

/** One who asks, all that it asks for in the same words, and what the policy says to that. */
interface Paragraph {
  readonly user: string;
  readonly purposes: readonly string[];
  readonly answers: readonly Answer[];
}

interface Answer {
  readonly calls: readonly string[];
  readonly reason: string;
  readonly change: string;
}

function paragraphsOf(objections: readonly KeyObjection[]): readonly Paragraph[] {
  const uses = grouped(objections, ({ user, purpose }) => [user, purpose]).map((same) => ({
    user: same[0].user,
    purpose: same[0].purpose,
    answers: grouped(same, ({ reason, change }) => [reason, change]).map((alike) => ({
      calls: alike.map(({ call }) => call),
      reason: alike[0].reason,
      change: alike[0].change,
    })),
  }));
  return grouped(uses, ({ user, answers }) => [user, answers]).map((alike) => ({
    user: alike[0].user,
    purposes: alike.map(({ purpose }) => purpose),
    answers: alike[0].answers,
  }));
}

type AtLeastOne<Item> = readonly [Item, ...Item[]];

/** In the order of first appearance. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): readonly AtLeastOne<Item>[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function refusalLines({ user, purposes, answers }: Paragraph, index: number): readonly string[] {
  const refusal = index === 0 ? `its policy does not let ${user}` : `Nor does it let ${user}`;
  return [
    `${refusal} use it for ${listed(purposes)}`,
    ...answers.flatMap(({ calls, reason, change }) => [`  ${calls.join(", ")}: ${reason}`, `    ${change}`]),
  ];
}

function doubtLine({ user, purposes, answers }: Paragraph): string {
  const open = answers.map(({ calls, reason, change }) => `${calls.join(", ")}: ${reason}; ${change}`);
  return `it is not certain that its policy lets ${user} use it for ${listed(purposes)}: ${open.join("; ")}`;
}

function wayOut(missing: readonly KeyPolicyStatement[]): readonly string[] {
  const never = "Nothing is ever written to a key that this stack does not own.";
  if (missing.length === 0) return [`Ask the key's owner to change that. ${never}`];
  return ["Ask the key's owner to add to its policy:", readableJson(missing.map(inUsualOrder)), never];
}

/** The members as AWS's documents order them, the name first. */
function inUsualOrder({ Sid, Effect, Principal, Action, Resource, Condition }: KeyPolicyStatement): object {
  return { Sid, Effect, Principal, Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
