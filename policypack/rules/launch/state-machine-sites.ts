// Where a Step Functions state machine launches ECS tasks: its Task states that call ecs:runTask, at any depth.
//
// Invariants
//   what a state takes from its input (`PlatformVersion.$`, `{% … %}`) or from a substitution (`${Version}`) is UNKNOWN
//   depth and number of states are bounded; what lies beyond a bound is not judged
// Sources: Step Functions developer guide, connect-ecs (documented): arn:aws:states:::ecs:runTask, with .sync and .waitForTaskToken, and
//   the SDK integration aws-sdk:ecs:runTask; parameters are in PascalCase. Amazon States Language specification: Parallel.Branches,
//   Map.ItemProcessor, formerly Iterator; Arguments in place of Parameters where the query language is JSONata (documented).

import { parseJsonText } from "../json-text";
import { lookAt, UNKNOWN } from "../look";
import type { Subject } from "../rule";
import type { LaunchSite } from "./launch-site";

export function stateMachineSites(subject: Subject): readonly LaunchSite[] {
  const property = DEFINITIONS.find((name) => lookAt(subject.properties, name).state !== "absent") ?? "definition";
  const text = parseJsonText(lookAt(subject.properties, property));
  if (text.state === "unknown") return [siteOf(subject, UNSEEN(property))];
  if (text.state !== "known") return [];
  const isText = typeof subject.properties[property] === "string";
  return launchingStates(property, text.value).map((state) => ({
    ...siteOf(subject, state),
    json: isText ? property : null,
  }));
}

/** `definitionString` is aws-native's name for the text; its `definition` is an object. */
export const DEFINITIONS: readonly string[] = ["definition", "definitionString"];

const STATES_MAX = 5000;
const DEPTH_MAX = 30;
const RUN_TASK = /:states:[^:]*:[^:]*:(?:aws-sdk:)?ecs:runTask(?:\.sync|\.waitForTaskToken)?$/;

type Path = readonly (string | number)[];

interface State {
  readonly property: string;
  /** The state's own name; null while the definition cannot be seen. */
  readonly name: string | null;
  /** Where its arguments stand. */
  readonly path: Path;
  readonly args: unknown;
}

const UNSEEN = (property: string): State => ({ property, name: null, path: [property], args: UNKNOWN });

/** All states of the machine, those of branches and item processors too, that run a task. */
function launchingStates(property: string, machine: unknown): readonly State[] {
  const found: State[] = [];
  let open: readonly { readonly path: Path; readonly value: unknown }[] = [{ path: [property], value: machine }];
  let seen = 0;
  for (let depth = 0; depth < DEPTH_MAX && open.length > 0; depth += 1) {
    const states = open.flatMap(({ path, value }) =>
      entriesOf(field(value, "States")).map(([name, state]) => ({
        name,
        path: [...path, "States", name],
        value: state,
      })),
    );
    const within = states.slice(0, STATES_MAX - seen);
    seen += within.length;
    found.push(...within.flatMap(({ name, path, value }) => asLaunch(property, name, { path, value })));
    open = within.flatMap(machinesIn);
  }
  return found;
}

function machinesIn({ path, value }: { readonly path: Path; readonly value: unknown }) {
  const branches = field(value, "Branches");
  const parallel = Array.isArray(branches)
    ? branches.map((branch: unknown, index) => ({ path: [...path, "Branches", index], value: branch }))
    : [];
  const mapped = ["ItemProcessor", "Iterator"].map((name) => ({ path: [...path, name], value: field(value, name) }));
  return [...parallel, ...mapped.filter((one) => one.value !== undefined)];
}

function asLaunch(
  property: string,
  name: string,
  state: { readonly path: Path; readonly value: unknown },
): readonly State[] {
  const resource = field(state.value, "Resource");
  if (typeof resource !== "string" || !RUN_TASK.test(resource)) return [];
  const from = field(state.value, "Arguments") === undefined ? "Parameters" : "Arguments";
  return [{ property, name, path: [...state.path, from], args: field(state.value, from) }];
}

function siteOf(subject: Subject, { property, name, path, args }: State): LaunchSite {
  const machine = `state machine "${subject.name}"`;
  const fields = Object.entries(PARAMETERS).map(([ours, theirs]) => ({ ours, ...argument(args, theirs) }));
  return {
    what: name === null ? `State machine "${subject.name}"` : `State ${JSON.stringify(name)} of ${machine}`,
    launch: Object.fromEntries(fields.map(({ ours, value }) => [ours, ours === STRATEGY ? strategyOf(value) : value])),
    pinPath: [...path, "PlatformVersion"],
    json: property,
    isSeen: name !== null,
    namedIn: { cluster: property, taskDefinition: property },
    launchTypeName: "LaunchType",
    chosenAtRun: fields.flatMap(({ ours, isChosenAtRun }) => (isChosenAtRun ? [ours] : [])),
  };
}

const STRATEGY = "capacityProviderStrategies";
const PARAMETERS: Readonly<Record<string, string>> = {
  launchType: "LaunchType",
  [STRATEGY]: "CapacityProviderStrategy",
  platformVersion: "PlatformVersion",
  cluster: "Cluster",
  taskDefinition: "TaskDefinition",
};

function strategyOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => ({ capacityProvider: argument(item, "CapacityProvider").value }));
}

/** One argument of a call; `Name.$` takes it from the state's input. */
function argument(args: unknown, name: string): { readonly value: unknown; readonly isChosenAtRun: boolean } {
  if (isExpression(args) || field(args, `${name}.$`) !== undefined) return { value: UNKNOWN, isChosenAtRun: true };
  const value = args === UNKNOWN ? UNKNOWN : field(args, name);
  return isExpression(value) ? { value: UNKNOWN, isChosenAtRun: true } : { value, isChosenAtRun: false };
}

/** JSONata, or a substitution that aws-native fills in. */
function isExpression(value: unknown): boolean {
  return typeof value === "string" && (/^\s*\{%/.test(value) || /\$\{[^}]*\}/.test(value));
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
