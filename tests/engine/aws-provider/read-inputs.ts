// The inputs that belong to a state that was just read: for a refresh, the old inputs with what has changed; for an import,
// everything that says something and is not the default.

import { isEmpty, sameValue } from "./diff-properties";
import type { InputSchema } from "./input-schema";
import type { PropertyMap, PropertyValue } from "./property-values";

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
  const said = Object.entries(schema).flatMap(([name, { type, standard }]): [string, PropertyValue][] => {
    const value = state[name];
    if (value === undefined || value === null || isEmpty(value)) return [];
    return standard !== undefined && sameValue(type, value, standard) ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(said), __defaults: [] };
}
