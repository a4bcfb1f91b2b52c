// The inputs that belong to a state that was just read: for a refresh, the old inputs with what has changed; for an import,
// everything that says something and is not the default, at every depth (the bridge's extractSchemaInputs).

import { isEmpty, sameValue } from "./diff-properties";
import type { InputKind, InputSchema } from "./input-schema";
import { isList, isMap, type PropertyMap, type PropertyValue } from "./property-values";

export function refreshedInputs(schema: InputSchema, inputs: PropertyMap, state: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, old]): [string, PropertyValue][] => {
      const property = schema[name];
      if (property === undefined || sameValue(property.type, old, state[name])) return [[name, old]];
      const now = state[name];
      return now === undefined || now === null ? [] : [[name, now]];
    }),
  );
}

export function importedInputs(schema: InputSchema, state: PropertyMap): PropertyMap {
  const said = Object.entries(schema).flatMap(([name, { type, standard, required }]): [string, PropertyValue][] => {
    const value = importedValue(type, state[name] ?? null);
    const isStandard = standard === undefined ? isEmpty(value) : sameValue(type, value, standard);
    return value === null || (isStandard && required !== true) ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(said), __defaults: [] };
}

function importedValue(type: InputKind, value: PropertyValue): PropertyValue {
  if (type.kind === "object" && isMap(value)) return importedInputs(type.members, value);
  if (type.kind === "list" && isList(value)) return value.map((item) => importedValue(type.of, item));
  return value;
}
