// The stack's configuration as programs read it.

/**
 * PULUMI_CONFIG: JSON of all values with `namespace:name` written `namespace:config:name`, the form that every version of the
 * Node.js SDK understands. A name may hold colons itself; a key without namespace is refused.
 */
export function programConfig(values: Iterable<readonly [key: string, value: string]>): string {
  return JSON.stringify(Object.fromEntries([...values].map(([key, value]) => [programKey(key), value])));
}

function programKey(key: string): string {
  const colon = key.indexOf(":");
  if (colon < 1) throw new Error(`the configuration key ${JSON.stringify(key)} has no namespace, as in aws:region`);
  return `${key.slice(0, colon)}:config:${key.slice(colon + 1)}`;
}
