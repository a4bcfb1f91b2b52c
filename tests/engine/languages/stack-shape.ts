// What a stack has made, without what differs between two runs of the same program: to compare programs in two languages.

import type { PulumiProject } from "../pulumi-project";

const RANDOM_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: object;
  readonly protect?: boolean;
  readonly parent?: string;
}

export interface StackShape {
  readonly outputs: unknown;
  readonly resources: readonly unknown[];
}

/** Every resource with its parent and protection, and what was asked of AWS for it, without the stack and the providers. */
export async function stackShape(project: PulumiProject): Promise<StackShape> {
  const { deployment } = await project.exportState();
  const resources = ((deployment.resources ?? []) as unknown as readonly StateResource[])
    .filter(({ type }) => !/^pulumi:(providers:|pulumi:Stack)/.test(type))
    .map(shapeOf)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return withoutIds({ outputs: await project.stackOutputs(), resources });
}

function shapeOf({ urn, type, custom, inputs, protect, parent }: StateResource) {
  return {
    name: `${type} ${nameOf(urn)}`,
    parent: parent === undefined || parent.includes("pulumi:pulumi:Stack") ? null : nameOf(parent),
    protect: protect === true,
    // A component's inputs are written down for remote ones only.
    ...(custom ? { inputs } : {}),
  };
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function withoutIds<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(RANDOM_ID, "ID")) as T;
}
