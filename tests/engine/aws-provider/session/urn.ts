// URNs of resources of the test stack.

export function urn(token: string, name = "it"): string {
  return `urn:pulumi:test::program::${token}::${name}`;
}
