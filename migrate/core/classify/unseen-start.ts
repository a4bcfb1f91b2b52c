// What could speak against a redeployment of a service and was not seen, and how that is said.
// Invariants
//   what was not seen never counts as fine: it is told, for every service that will be redeployed
//   a thing is told once, and all that was unseen for one cause in one sentence

import { parseImageReference } from "../../../domain/image-reference";
import { groupBy } from "../group-by";
import { listed } from "../words/listed";
import type { ServiceFacts } from "./context";
import { imageDrift } from "./image-drift";
import { startObstacles } from "./start-obstacles";
import { type StartQuestion, type Unseen, unseen } from "./start-question";

export type UnseenQuestion = StartQuestion & Pick<ServiceFacts, "cluster">;

/** In the order of the task definition, protection last. `tasks`: those of the service that have not stopped. */
export function unseenOfStart(question: UnseenQuestion): readonly Unseen[] {
  const start = startObstacles(question).unseen;
  const images = new Set(start.filter(isOfImage).map(({ subject }) => subject));
  // Whether an image that nobody saw has moved is the lesser question.
  const drift = imageDrift(question).unseen.filter(({ subject }) => !images.has(subject));
  return [...start, ...drift, ...unseenProtection(question)];
}

/** One sentence for each cause, lower case, without full stop. */
export function unseenSentences(all: readonly Unseen[]): readonly string[] {
  const elsewhere = all.filter(({ kind }) => kind === "image-elsewhere");
  const others = all.filter(({ kind }) => kind !== "image-elsewhere");
  const sentences = [...groupBy(others, causeOf)].map(([cause, ofCause]) => {
    const whats = ofCause.map(({ what }) => what);
    return `${listed(whats)} ${whats.length === 1 ? "was" : "were"} not seen (${cause})`;
  });
  return elsewhere.length === 0 ? sentences : [...sentences, notAsked(elsewhere)];
}

/** `denied`: who scans may not ask; `not-shown`: outputs of the AWS CLI were read, and none shows it; `failed`: all else. */
export type UnseenCause = "denied" | "not-shown" | "failed";

export function unseenCause({ why, permission }: Pick<Unseen, "why" | "permission">): UnseenCause {
  if (permission === undefined) return "failed";
  return /\bdenied\b/i.test(why) ? "denied" : "not-shown";
}

function causeOf(one: Unseen): string {
  switch (unseenCause(one)) {
    case "denied":
      return `${one.permission} denied`;
    case "not-shown":
      return `no answer to ${one.permission}`;
    case "failed":
      return one.why;
  }
}

function notAsked(images: readonly Unseen[]): string {
  const names = images.map(({ subject }) => subject);
  const hosts = [...new Set(names.map(hostOf))].toSorted();
  const [subject, verb, they] = names.length === 1 ? ["image", "comes", "it is"] : ["images", "come", "they are"];
  return `${subject} ${listed(names)} ${verb} from ${listed(hosts)}, which a scan does not ask: whether ${they} still there is not known`;
}

/** The registry of an image, as its reference names it. */
export function hostOf(image: string): string {
  const reference = parseImageReference(image);
  return reference.kind === "elsewhere" ? reference.host : "Amazon ECR";
}

function isOfImage({ kind }: Unseen): boolean {
  return kind === "image" || kind === "image-elsewhere";
}

function unseenProtection({ cluster: { name, protectedTasks }, tasks }: UnseenQuestion): readonly Unseen[] {
  if (protectedTasks.kind === "known" || tasks.length === 0) return [];
  const what = "whether its tasks are protected from being stopped";
  return [unseen("protection", name, { fact: protectedTasks, what })];
}
