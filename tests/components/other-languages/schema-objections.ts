// What the components' schema has against a program in another language.

import { type OutputOf, outputsIn, type ProgramInAnotherLanguage, type Value } from "./program-in-another-language";

export interface PropertySchema {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: PropertySchema;
  readonly additionalProperties?: PropertySchema;
  /** A value itself: an output of another resource is none. */
  readonly plain?: boolean;
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
}

export interface PackageSchema {
  readonly resources: Readonly<
    Record<
      string,
      ObjectSchema & {
        readonly inputProperties: Readonly<Record<string, PropertySchema>>;
        readonly requiredInputs: readonly string[];
      }
    >
  >;
  readonly types: Readonly<Record<string, ObjectSchema>>;
}

/** One sentence for each; none for a program whose every type, input and output the schema has, with values of the right types. */
export function schemaObjections(program: ProgramInAnotherLanguage, schema: PackageSchema): readonly string[] {
  const types = new Map(program.resources.map(({ name, type }) => [name, type]));
  const outputType = ({ resource, output }: OutputOf): PropertySchema | undefined =>
    schema.resources[types.get(resource) ?? ""]?.properties[output];
  const of = { schema, outputType };
  return [
    ...program.resources.flatMap(({ name, type, inputs }) => {
      const resource = schema.resources[type];
      if (resource === undefined) return [`${name}: there is no type ${type}`];
      const shape = { properties: resource.inputProperties, required: resource.requiredInputs };
      return objectObjections(inputs, { ...of, shape, at: name });
    }),
    ...Object.values(program.outputs)
      .flatMap(outputsIn)
      .filter((output) => outputType(output) === undefined)
      .map(({ resource, output }) => `${resource} has no output ${output}`),
  ];
}

interface Of {
  readonly schema: PackageSchema;
  readonly outputType: (output: OutputOf) => PropertySchema | undefined;
}

function objectObjections(
  entries: Readonly<Record<string, Value>>,
  { shape, at, ...of }: Of & { readonly shape: ObjectSchema; readonly at: string },
): readonly string[] {
  const lacking = (shape.required ?? []).filter((name) => !(name in entries));
  return [
    ...lacking.map((name) => `${at} lacks ${name}`),
    ...Object.entries(entries).flatMap(([name, value]) => {
      const property = shape.properties[name];
      return property === undefined
        ? [`${at} takes no ${name}`]
        : valueObjections(value, property, { ...of, at: `${at}.${name}` });
    }),
  ];
}

function valueObjections(value: Value, property: PropertySchema, of: Of & { readonly at: string }): readonly string[] {
  const wrong = [`${of.at} is no ${typeOf(property)}`];
  switch (value.kind) {
    case "literal":
      return typeof value.value === property.type ? [] : wrong;
    case "output": {
      if (property.plain === true) return [`${of.at} has to be a value itself, not an output`];
      const given = of.outputType(value);
      if (given === undefined) return [`${value.resource} has no output ${value.output}`];
      return typeOf(given) === typeOf(property) ? [] : wrong;
    }
    case "list": {
      const { items } = property;
      if (items === undefined) return wrong;
      return value.items.flatMap((item, index) => valueObjections(item, items, { ...of, at: `${of.at}[${index}]` }));
    }
    case "map":
      return mapObjections(value.entries, property, of) ?? wrong;
  }
}

/** Null when the property is no map at all. */
function mapObjections(
  entries: Readonly<Record<string, Value>>,
  { additionalProperties, $ref }: PropertySchema,
  of: Of & { readonly at: string },
): readonly string[] | null {
  if (additionalProperties !== undefined) {
    return Object.entries(entries).flatMap(([key, entry]) =>
      valueObjections(entry, additionalProperties, { ...of, at: `${of.at}.${key}` }),
    );
  }
  const shape = of.schema.types[$ref?.replace("#/types/", "") ?? ""];
  return shape === undefined ? null : objectObjections(entries, { ...of, shape });
}

function typeOf({ type, $ref, items, additionalProperties }: PropertySchema): string {
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (additionalProperties !== undefined) return `map of ${typeOf(additionalProperties)}`;
  return type ?? $ref ?? "value";
}
