// What a rule reads for several pieces that it asks, as one list of properties by type.

export type Reads = Readonly<Record<string, readonly string[]>>;

export function mergedReads(...all: readonly Reads[]): Reads {
  const types = new Set(all.flatMap((reads) => Object.keys(reads)));
  return Object.fromEntries([...types].map((type) => [type, [...new Set(all.flatMap((reads) => reads[type] ?? []))]]));
}
