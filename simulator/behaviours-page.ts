// The page docs/simulator.md: which operations and which behaviours of AWS the simulator models, and how sure each is.
// Invariant: pure and deterministic, so that a test can compare the committed page with what this makes.

import type { Behaviour, Standing } from "./behaviours";

export interface BehavioursPageInput {
  readonly behaviours: readonly Behaviour[];
  /** The modelled operations of each service, by the service's short name. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  /** The kinds of faults that can be made, of the API and of the world. */
  readonly faultKinds: readonly string[];
}

/** The whole page as Markdown, ending with a line break. */
export function behavioursPage({ behaviours, operations, faultKinds }: BehavioursPageInput): string {
  const sections = [
    "# The simulated AWS",
    INTRODUCTION,
    `## Behaviours\n\n${countsOf(behaviours)}\n\n${tableOf(behaviours)}`,
    `## Operations\n\n${OPERATIONS}\n\n${operationsOf(operations)}`,
    `## Faults\n\n${FAULTS}\n\n${faultKinds.map((kind) => `- \`${kind}\``).join("\n")}`,
    `## Where it is not like AWS\n\n${DIFFERENCES.map((line) => `- ${line}`).join("\n")}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

const INTRODUCTION = [
  "<!-- Generated from simulator/behaviours.ts and the tables of operations and faults. Do not edit. -->",
  "",
  "`fargate-cmk demo` and `fargate-cmk simulate` run on an AWS of their own. This page says what it models, so that nobody",
  "takes it for more than it is. Each behaviour has a test of the same title under `tests/simulator/world`.",
].join("\n");

const OPERATIONS =
  "Any other operation is answered with `UnknownOperationException` and a 4xx status that names it, never with an empty success; " +
  "any other service with `UnknownServiceException`, in the protocol that its clients read.";

const FAULTS =
  "`POST /_simulator/fault` takes one of these as `kind`; faults of the API also take a `count`, a window or `forSeconds`.";

const DIFFERENCES = [
  "Signatures are not checked: any secret is welcome, and an access key of 12 digits is its own account.",
  "Every caller may do everything, until a fault of kind `access-denied` says otherwise.",
  "A member that AWS does not know is refused with `SerializationException`; AWS may ignore it.",
  "An account or Region that the fleet does not hold is empty, not denied.",
  "It is never a measure of AWS's speed: durations are drawn from distributions of our own.",
];

const STANDINGS: Readonly<Record<Standing, string>> = {
  documented: "AWS documents it",
  reported: "others report it",
  inferred: "we infer it",
};

function countsOf(behaviours: readonly Behaviour[]): string {
  const parts = (Object.keys(STANDINGS) as Standing[]).map((standing) => {
    const count = behaviours.filter((behaviour) => behaviour.standing === standing).length;
    return `${count} ${standing} (${STANDINGS[standing]})`;
  });
  return `${behaviours.length} behaviours: ${parts.join(", ")}. Where AWS's behaviour is unknown there is a switch, and both settings are tested.`;
}

function tableOf(behaviours: readonly Behaviour[]): string {
  const rows = behaviours.map(({ number, title, standing, source }) => [number, sentence(title), standing, source]);
  return [["No.", "Behaviour", "Standing", "Source"], ["---", "---", "---", "---"], ...rows].map(row).join("\n");
}

function operationsOf(operations: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(operations)
    .map(([service, names]) => `- **${service}**: ${names.toSorted().join(", ")}`)
    .join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
