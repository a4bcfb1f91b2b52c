// RULES.md as text, made from the registry: `npm run gen` writes it, a test compares it.
// Invariant: what a rule says of itself stands in its own file and nowhere else.

import { controlText } from "./message";
import { type Registry, SETTINGS_ID, UNUSED_ID } from "./registry";
import type { Accepts, Parameter, Rule } from "./rules/rule";

export function rulesPage(registry: Registry): string {
  return `${[
    "# Rules of the policy pack",
    "",
    "`pulumi preview --policy-pack policypack` from this repository; from npm, the folder `node_modules/fargate-cmk-policy`.",
    "A mandatory violation stops the preview or update, an advisory one is printed. What cannot be seen before the update is",
    "reported as advisory, with the place where it is checked. No framework below asks for a customer managed key by name: a",
    "rule lists the controls that it helps to meet.",
    "",
    ...CONFIGURATION_SECTION,
    ...overview(registry),
    "",
    ...SETTINGS_SECTION,
    ...registry.rules.flatMap(ruleSection),
    ...UNUSED_SECTION,
    ...tombstones(registry),
  ]
    .join("\n")
    .trimEnd()}\n`;
}

function overview({ rules }: Registry): readonly string[] {
  const rows = rules.map(({ id, title, levels, severity }) =>
    row([`[${id}](#${id})`, title, levels.baseline, levels.strict, severity]),
  );
  return [
    row(["rule", "demands", "baseline", "strict", "severity"]),
    row(DASHES),
    row([`[${SETTINGS_ID}](#${SETTINGS_ID})`, "Waivers and exemptions can be read.", "mandatory", "mandatory", "high"]),
    ...rows,
    row([
      `[${UNUSED_ID}](#${UNUSED_ID})`,
      "Every waiver and exemption accepts something.",
      "advisory",
      "advisory",
      "low",
    ]),
  ];
}

const CONFIGURATION_SECTION: readonly string[] = [
  "Without configuration the baseline levels hold. `profiles/strict.json` is complete as it stands; for anything else write one file",
  "with what differs from baseline, and name it with `--policy-pack-config`, one file a pack:",
  "",
  "```json",
  "{",
  '  "key-rotation": "mandatory",',
  '  "platform-version": "advisory",',
  `  "${SETTINGS_ID}": {`,
  '    "exemptClusters": [{ "urnPattern": "*::batch-ec2", "reason": "EC2 only", "owner": "team-batch" }]',
  "  }",
  "}",
  "```",
  "",
  "A level is `mandatory`, `advisory` or `disabled`, and `remediate` for a rule that says it can mend. Instead of a level, a rule takes",
  'an object with `enforcementLevel` and its parameters, such as `{ "enforcementLevel": "mandatory", "minimumDays": 14 }`. A name that is',
  "no rule, and a parameter that cannot be read, are violations that name their place; the preview goes on, and standard values hold.",
  "",
];

const SETTINGS_SECTION: readonly string[] = [
  `## ${SETTINGS_ID}`,
  "",
  "Pack-wide, under this name in the configuration file:",
  "",
  "```json",
  "{",
  `  "${SETTINGS_ID}": {`,
  '    "waivers": [',
  "      {",
  '        "rule": "platform-version",',
  '        "urnPattern": "urn:pulumi:prod::shop::*::legacy-api",',
  '        "reason": "moves to 1.4.0 with release 12",',
  '        "owner": "team-shop",',
  '        "expires": "2027-03-31"',
  "      }",
  "    ],",
  '    "exemptClusters": [',
  '      { "urnPattern": "*aws:ecs/cluster:Cluster::batch-ec2", "reason": "EC2 only", "owner": "team-batch" }',
  "    ]",
  "  }",
  "}",
  "```",
  "",
  "A waiver accepts one rule's violations on the URNs that match (`*` any run of characters, `?` one) up to and with the day it",
  "expires, in UTC. Each violation that it accepts is still printed, as advisory, with owner and reason; an expired waiver accepts",
  "nothing, and the violation says so. `exemptClusters` names clusters that run no task on Fargate; what they would violate is",
  "printed as advisory. A pattern has to name a stack, a project or a resource: `*` or `*Cluster*` is refused. An entry with a",
  "missing, unknown or unusable field counts for nothing and is a violation of this policy. `pulumi stack --show-urns` lists URNs.",
  `At the level \`disabled\` of \`${SETTINGS_ID}\` no waiver and no exemption counts.`,
];

const UNUSED_SECTION: readonly string[] = [
  "",
  `## ${UNUSED_ID}`,
  "",
  "Tells, at the end of a preview or update, which waivers and exemptions accepted nothing, so that none outlives what it was given",
  "for. One whose pattern begins with the URN of another stack or project is not mentioned; with `--target`, resources that are",
  "passed over are not judged, so what accepts their violations is mentioned too.",
];

function ruleSection(rule: Rule): readonly string[] {
  return [
    "",
    `## ${rule.id}`,
    "",
    `**${rule.title}** Baseline ${rule.levels.baseline}, strict ${rule.levels.strict}; severity ${rule.severity}.`,
    "",
    `Why: ${rule.why}`,
    "",
    `Remedy: ${rule.remedy}`,
    "",
    `How far it sees: ${rule.limits}`,
    "",
    "```ts",
    ...rule.example,
    "```",
    "",
    ...parametersOf(rule),
    `Judges ${rule.judges.map((type) => `\`${type}\``).join(", ")}.`,
    "",
    `Controls: ${rule.controls.map(controlText).join("; ")}.`,
  ];
}

function parametersOf({ id, parameters = {}, levels, remediate }: Rule): readonly string[] {
  const rows = Object.entries(parameters).map(([name, parameter]) => parameterRow(name, parameter));
  const table = [row(["parameter", "takes", "baseline", "strict", "what it decides"]), row(DASHES), ...rows, ""];
  const mends = `At the level \`remediate\` the change is made in the preview and update: \`"${id}": "remediate"\`.`;
  return [
    `Configuration: \`"${id}": "${levels.strict}"\`${rows.length === 0 ? "." : ", or an object with parameters:"}`,
    "",
    ...(rows.length === 0 ? [] : table),
    ...(remediate === undefined ? [] : [mends, ""]),
  ];
}

const DASHES = ["---", "---", "---", "---", "---"];

function parameterRow(name: string, { accepts, standard, strict = standard, description }: Parameter): string {
  const value = (one: unknown) => `\`${JSON.stringify(one)}\``;
  return row([`\`${name}\``, takes(accepts), value(standard), value(strict), description]);
}

function takes(accepts: Accepts): string {
  switch (accepts.kind) {
    case "number":
      return `${accepts.min} to ${accepts.max}`;
    case "flag":
      return "true, false";
    case "texts":
      return "texts";
  }
}

function tombstones({ tombstones: gone }: Registry): readonly string[] {
  if (gone.length === 0) return [];
  return [
    "",
    "## Rules that were",
    "",
    ...gone.map(({ id, removedIn, reason }) => `- \`${id}\`, until ${removedIn}: ${reason}`),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
