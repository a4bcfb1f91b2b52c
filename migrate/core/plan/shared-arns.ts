// ARNs that name more than one service: those of the old format lack the cluster's name, so services of one name in two clusters
// share theirs. Source: "Amazon Resource Names (ARNs) and IDs", Amazon ECS developer guide (documented).

export function sharedArns(services: readonly { readonly arn: string }[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = services.map(({ arn }) => arn).filter((arn) => seen.size === seen.add(arn).size);
  return new Set(shared);
}
