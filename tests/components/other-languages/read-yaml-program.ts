// Reads a Pulumi.yaml of `runtime: yaml`.
// Invariant: what is not understood is refused by name, so that no part of a program is passed over.

import { parse } from "yaml";
import type { ProgramInAnotherLanguage } from "./program-in-another-language";
import { yamlValues } from "./yaml-value";

interface YamlResource {
  readonly type: string;
  readonly properties?: object;
}

const SECTIONS = ["name", "description", "runtime", "packages", "resources", "outputs"];
const OF_A_RESOURCE = ["type", "properties"];

export function readYamlProgram(text: string): ProgramInAnotherLanguage {
  const sections = parse(text) as { readonly resources: object; readonly outputs?: object };
  refuseUnknown("Pulumi.yaml", sections, SECTIONS);
  return {
    resources: Object.entries(sections.resources).map(([name, resource]: [string, YamlResource]) => {
      refuseUnknown(name, resource, OF_A_RESOURCE);
      return { name, type: resource.type, inputs: yamlValues(resource.properties ?? {}) };
    }),
    outputs: yamlValues(sections.outputs ?? {}),
  };
}

function refuseUnknown(where: string, record: object, known: readonly string[]): void {
  const unknown = Object.keys(record).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${where}: ${unknown.join(", ")} is not understood here`);
}
