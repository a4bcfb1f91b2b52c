// Whether an event pattern is for what AWS's own watchers say: alarms, tasks and deployments, calls on keys, findings.
//
// Invariant: a pattern that is unknown, malformed or without such a source watches nothing, as far as is known.
// Source: EventBridge user guide, eb-create-pattern (documented): lists of texts, or of objects such as {"prefix": "aws."}.

import { parseJsonText } from "../json-text";
import { type Look, lookAt } from "../look";

/** A pattern as JSON text, as the aws provider has it, or as an object, as aws-native. */
export function watchesAws(pattern: Look): boolean {
  const json = parseJsonText(pattern);
  if (json.state !== "known") return false;
  return admits(lookAt(json.value, "source"), SOURCES) || admits(lookAt(json.value, "detail.eventSource"), CALLED);
}

const SOURCES: readonly string[] = [
  "aws.cloudwatch",
  "aws.config",
  "aws.ecs",
  "aws.guardduty",
  "aws.health",
  "aws.kms",
  "aws.securityhub",
];
const CALLED: readonly string[] = ["kms.amazonaws.com", "ecs.amazonaws.com"];

function admits(look: Look, wanted: readonly string[]): boolean {
  if (look.state !== "known" || !Array.isArray(look.value)) return false;
  const items: readonly unknown[] = look.value;
  return items.some((item) => {
    const prefix = lookAt(item, "prefix");
    return prefix.state === "known"
      ? wanted.some((one) => one.startsWith(String(prefix.value)))
      : typeof item === "string" && wanted.includes(item);
  });
}
