// The Pulumi program that stands for a Pulumi.yaml in the working directory.
// Invariant: every resource is a component of a plugin, registered with exactly the properties that the file gives it.

import { readFileSync } from "node:fs";
import { ComponentResource, type Inputs, type Output } from "@pulumi/pulumi";
import {
  type OutputOf,
  outputsIn,
  type ProgramInAnotherLanguage,
  type UsedResource,
  type Value,
} from "../../../components/other-languages/program-in-another-language";
import { readYamlProgram } from "../../../components/other-languages/read-yaml-program";

class Component extends ComponentResource {
  /** `outputs` are the names that the rest of the program uses. */
  constructor({ name, type }: UsedResource, inputs: Inputs, outputs: readonly string[]) {
    super(type, name, { ...inputs, ...Object.fromEntries(outputs.map((output) => [output, undefined])) }, {}, true);
  }

  output(name: string): Output<unknown> {
    return (this as unknown as Readonly<Record<string, Output<unknown>>>)[name] as Output<unknown>;
  }
}

type Look = (output: OutputOf) => unknown;

function run({ resources, outputs }: ProgramInAnotherLanguage): Readonly<Record<string, unknown>> {
  const used = outputsIn({ kind: "list", items: [...resources.map(inputsOf), mapOf(outputs)] });
  const made = new Map<string, Component>();
  const look: Look = ({ resource, output }) => made.get(resource)?.output(output);
  let waiting = resources;
  // Each round makes at least one, or the rest wait for each other.
  while (waiting.length > 0) {
    const ready = waiting.filter((resource) => outputsIn(inputsOf(resource)).every((one) => made.has(one.resource)));
    if (ready.length === 0)
      throw new Error(`${waiting.map(({ name }) => name).join(", ")}: no such resource, or a circle`);
    for (const resource of ready) {
      const names = used.filter((one) => one.resource === resource.name).map(({ output }) => output);
      made.set(resource.name, new Component(resource, evaluated(inputsOf(resource), look) as Inputs, names));
    }
    waiting = waiting.filter((resource) => !ready.includes(resource));
  }
  return evaluated(mapOf(outputs), look) as Readonly<Record<string, unknown>>;
}

function evaluated(value: Value, look: Look): unknown {
  switch (value.kind) {
    case "literal":
      return value.value;
    case "output":
      return look(value);
    case "list":
      return value.items.map((item) => evaluated(item, look));
    case "map":
      return Object.fromEntries(Object.entries(value.entries).map(([key, entry]) => [key, evaluated(entry, look)]));
  }
}

function inputsOf({ inputs }: UsedResource): Value {
  return mapOf(inputs);
}

function mapOf(entries: Readonly<Record<string, Value>>): Value {
  return { kind: "map", entries };
}

export = run(readYamlProgram(readFileSync("Pulumi.yaml", "utf8")));
