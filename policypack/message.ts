// The texts that a person sees below a preview: one voice for every rule.
//
// Invariants
//   the first line alone says what is wrong, on which resource, with the value
//   it is one line, however long: terminals break it. What follows is at most 70 wide, code and long words apart: the CLI indents by
//     10, and a terminal may have 80 columns

import { pageOf, SETTINGS_ID, UNUSED_ID } from "./registry";
import { shown } from "./rules/look";
import type { Control, Rule } from "./rules/rule";
import type { Fail, Unknown } from "./rules/verdict";
import type { Exemption, SettingsProblem, Unused, Waiver } from "./settings";

export function failMessage(
  rule: Rule,
  { reason, evidence, change, why = rule.why, weight }: Fail,
  expired: Waiver | null,
): string {
  return lines([
    reason,
    ...(expired === null
      ? []
      : [wrap(`The waiver of ${expired.owner} expired on ${expired.expires}: ${expired.reason}`)]),
    ...evidence.map((line) => labelled("Seen", line)),
    labelled("Why", why),
    "Change:",
    ...change.map((line) => `    ${line}`),
    ...(rule.takesExemptions === true && weight === undefined
      ? [labelled("Or", `if none of its tasks runs on Fargate, name it in ${SETTINGS_ID}.exemptClusters`)]
      : []),
    footer(rule),
  ]);
}

export function unknownMessage(rule: Rule, { reason, checkedBy, command }: Unknown): string {
  return lines([
    reason,
    labelled("Checked by", checkedBy),
    ...(command === undefined ? [] : [`    ${command}`]),
    `More: ${pageOf(rule.id)}`,
  ]);
}

export function waivedMessage(rule: Rule, reason: string, waiver: Waiver): string {
  return lines([
    onOneLine(`Waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`),
    labelled("Violation", reason),
    `More: ${pageOf(rule.id)}`,
  ]);
}

export function exemptMessage(rule: Rule, reason: string, exemption: Exemption): string {
  return lines([
    onOneLine(`Exempt by ${exemption.owner}: ${exemption.reason}`),
    labelled("Violation", reason),
    `More: ${pageOf(rule.id)}`,
  ]);
}

/** Names the error's kind and place only: an error's text may hold a value of the program. */
export function brokenRuleMessage(rule: Rule, name: string, error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? placeOf(error) : "";
  return lines([
    `Rule ${rule.id} could not be evaluated on "${name}": ${kind}.`,
    ...(place === "" ? [] : [`Place: ${place}`]),
    wrap(
      `Nothing is known about the resource, so this counts as a violation. Report it with the place above; until it is ` +
        `mended, a waiver in "${SETTINGS_ID}" or the level "advisory" for this rule lets the preview pass.`,
    ),
    `More: ${pageOf(rule.id)}`,
  ]);
}

function placeOf({ stack = "", message }: Error): string {
  return (
    stack
      .replace(message, "")
      .match(/^\s*at .*$/m)?.[0]
      .trim() ?? ""
  );
}

/** All that is wrong with one entry of the settings. */
export function settingsMessage(entry: string, problems: readonly SettingsProblem[]): string {
  return lines([
    `${entry} cannot be read, so it counts for nothing.`,
    ...problems.map(({ place, value, remedy }) => labelled(place, `${value}; ${remedy}`)),
    `More: ${pageOf(SETTINGS_ID)}`,
  ]);
}

/** All that is wrong with what a configuration sets for one rule. */
export function configurationMessage(rule: Rule, problems: readonly SettingsProblem[]): string {
  return lines([
    `The configuration of ${rule.id} cannot be read: standard values hold where it is wrong.`,
    ...problems.map(({ place, value, remedy }) => labelled(place, `${value}; ${remedy}`)),
    `More: ${pageOf(rule.id)}`,
  ]);
}

/** A name at the top of the configuration that no policy of the pack has. */
export function unknownNameMessage(name: string, meant: string | null): string {
  return lines([
    `The configuration names ${shown(name)}, which is no rule of this pack: it does nothing.`,
    ...(meant === null ? [] : [`Did you mean ${meant}?`]),
    `More: ${pageOf(SETTINGS_ID)}`,
  ]);
}

/** A waiver or an exemption that accepted nothing in this stack. */
export function unusedMessage({ what, entry, isSeen }: Unused): string {
  return lines([
    `${what} by ${onOneLine(entry.owner)} for ${shown(entry.urnPattern)} accepts nothing in this stack.`,
    labelled(
      "Seen",
      isSeen ? "what it names has no violation that it speaks of, or the rule is disabled" : "no resource is called so",
    ),
    wrap(
      "Remove it. If it is meant for another stack, begin its pattern with that stack's urn:pulumi:STACK::PROJECT::, and it " +
        "is mentioned there only.",
    ),
    `More: ${pageOf(UNUSED_ID)}`,
  ]);
}

/** `NIST SP 800-53 Rev. 5 SC-12, SC-28(1)`. */
export function controlText({ framework, version, ids }: Control): string {
  return `${framework} ${version === "current" ? "" : `${version} `}${ids.join(", ")}`;
}

const WIDTH = 70;

function footer(rule: Rule): string {
  return lines([labelled("Controls", rule.controls.map(controlText).join("; ")), `More: ${pageOf(rule.id)}`]);
}

function labelled(label: string, text: string): string {
  return wrap(`${label}: ${text}`, "    ");
}

/** Breaks between words; what follows the first line is indented. */
function wrap(text: string, indent = ""): string {
  const done: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > WIDTH && line.trim() !== "") {
      done.push(line);
      line = `${indent}${word}`;
    } else {
      line = longer;
    }
  }
  return [...done, line].join("\n");
}

function onOneLine(text: string): string {
  return text.split(/\s+/).join(" ");
}

function lines(parts: readonly string[]): string {
  return parts.join("\n");
}
