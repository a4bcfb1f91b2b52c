// What the engine did, read from its event log: one JSON object a line, the same for preview, up, refresh and destroy.
// The shapes are those of sdk/go/common/apitype/events.go in pulumi/pulumi.

/** What the engine would do or did to one resource. */
export interface Step {
  /** "create", "update", "same", "delete", "replace", "create-replacement", "delete-replaced", "read", "refresh", "import" … */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly outcome: "planned" | "done" | "failed";
  /** Top-level properties that differ. */
  readonly diffs: readonly string[];
  /** By property path, as "configuration.managedStorageConfiguration": "add", "update-replace" … */
  readonly detailedDiff: Readonly<Record<string, string>>;
  readonly old: ResourceState | null;
  readonly new: ResourceState | null;
}

export interface ResourceState {
  readonly id: string;
  readonly parent: string;
  readonly provider: string;
  readonly protect: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** The resource that it is about, or "" when it is about none. */
  readonly urn: string;
}

export interface Violation {
  readonly pack: string;
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "remediate";
  /** "" when it is about the stack. */
  readonly urn: string;
  readonly message: string;
}

export interface EngineReport {
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
  readonly violations: readonly Violation[];
  /** The policies that were asked and had no word, of one resource at least or of the stack, and did not call themselves out of place. */
  readonly passed: readonly string[];
  /** How often each op occurred, as in `{ create: 3, same: 1 }`; empty when the engine did not get that far. */
  readonly changes: Readonly<Record<string, number>>;
}

/** Reads an event log; the last line may be cut off when the engine was killed. */
export function engineReport(log: string): EngineReport {
  const events = log.split("\n").flatMap(parsedLine);
  return {
    steps: stepsIn(events),
    diagnostics: events.flatMap(({ diagnosticEvent }) => diagnosticsOf(diagnosticEvent)),
    violations: events.flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : [violationOf(policyEvent)])),
    passed: [...new Set(events.flatMap(passedIn))].toSorted(),
    changes: events.findLast(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges ?? {},
  };
}

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
  readonly resOpFailedEvent?: { readonly metadata: StepMetadata };
  readonly diagnosticEvent?: { readonly urn?: string; readonly message: string; readonly severity: string };
  readonly policyEvent?: PolicyEvent;
  readonly policyAnalyzeSummaryEvent?: PolicySummary;
  readonly policyAnalyzeStackSummaryEvent?: PolicySummary;
  readonly summaryEvent?: { readonly resourceChanges?: Readonly<Record<string, number>> };
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly diffs?: readonly string[] | null;
  readonly detailedDiff?: Readonly<Record<string, { readonly kind: string }>> | null;
  readonly old: Partial<ResourceState> | null;
  readonly new: Partial<ResourceState> | null;
}

interface PolicySummary {
  readonly passed?: readonly string[];
}

interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackName: string;
  readonly enforcementLevel: Violation["level"];
}

/** A warning of the engine about our launchers; it says nothing about what is tested. */
const ABOUT_LAUNCHERS = /^using pulumi-\S+ from \$PATH at /;

function parsedLine(line: string): readonly EngineEvent[] {
  if (line.trim() === "") return [];
  try {
    return [JSON.parse(line) as EngineEvent];
  } catch {
    return [];
  }
}

/** One step for each resource and op, with what became of it. */
function stepsIn(events: readonly EngineEvent[]): readonly Step[] {
  const steps = new Map<string, Step>();
  const note = (outcome: Step["outcome"], event: { readonly metadata: StepMetadata } | undefined): void => {
    if (event === undefined) return;
    const { metadata } = event;
    steps.set(`${metadata.op} ${metadata.urn}`, stepOf(metadata, outcome));
  };
  for (const event of events) {
    note("planned", event.resourcePreEvent);
    note("done", event.resOutputsEvent);
    note("failed", event.resOpFailedEvent);
  }
  return [...steps.values()];
}

function stepOf(metadata: StepMetadata, outcome: Step["outcome"]): Step {
  const { op, urn, type, diffs, detailedDiff } = metadata;
  const kinds = Object.entries(detailedDiff ?? {}).map(([path, { kind }]) => [path, kind] as const);
  return {
    op,
    urn,
    type,
    name: urn.slice(urn.lastIndexOf("::") + 2),
    outcome,
    diffs: diffs ?? [],
    detailedDiff: Object.fromEntries(kinds),
    old: stateOf(metadata.old),
    new: stateOf(metadata.new),
  };
}

function stateOf(state: Partial<ResourceState> | null): ResourceState | null {
  if (state === null) return null;
  const { id = "", parent = "", provider = "", protect = false, inputs = {}, outputs = {} } = state;
  return { id, parent, provider, protect, inputs, outputs };
}

function diagnosticsOf(event: EngineEvent["diagnosticEvent"]): readonly Diagnostic[] {
  if (event === undefined || event.severity === "debug") return [];
  const message = event.message.trim();
  if (ABOUT_LAUNCHERS.test(message)) return [];
  const severity = event.severity === "error" || event.severity === "warning" ? event.severity : "info";
  return [{ severity, message, urn: event.urn ?? "" }];
}

function passedIn(event: EngineEvent): readonly string[] {
  return [event.policyAnalyzeSummaryEvent, event.policyAnalyzeStackSummaryEvent].flatMap((one) => one?.passed ?? []);
}

function violationOf(event: PolicyEvent): Violation {
  return {
    pack: event.policyPackName,
    policy: event.policyName,
    level: event.enforcementLevel,
    urn: event.resourceUrn ?? "",
    message: event.message.trim(),
  };
}
