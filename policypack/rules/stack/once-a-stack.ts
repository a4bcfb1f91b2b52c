// What is looked up again and again among the resources of one stack is put in order once.
//
// Invariants
//   a stack is told by its list: the same list is never changed, so what was found in it stays true
//   what is found keeps the order of the stack
//   without this every cluster would look at every resource, and a stack of thousands would wait for it

import type { StackSubject } from "../rule";

type Stack = readonly StackSubject[];

/** The same answer for the same list, computed at the first question. */
export function onceAStack<T>(compute: (resources: Stack) => T): (resources: Stack) => T {
  const known = new WeakMap<Stack, { readonly answer: T }>();
  return (resources) => {
    const found = known.get(resources) ?? { answer: compute(resources) };
    known.set(resources, found);
    return found.answer;
  };
}

/** The resources of these types. */
export function typedOnceAStack(types: readonly string[]): (resources: Stack) => Stack {
  return onceAStack((resources) => resources.filter(({ type }) => types.includes(type)));
}

/** The resources with these URNs. */
export function withUrns(resources: Stack, urns: Iterable<string>): Stack {
  const places = placesByUrn(resources);
  const found = new Set([...urns].flatMap((urn) => places.get(urn) ?? []));
  return inOrder(resources, found);
}

/** Places of what a list holds, by each of the texts that `textsOf` gives it: to be asked with `under`. */
export function placesByText<T>(
  list: readonly T[],
  textsOf: (one: T) => Iterable<string>,
): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, one] of list.entries()) {
    for (const text of new Set(textsOf(one))) {
      const here = places.get(text);
      if (here === undefined) places.set(text, [place]);
      else here.push(place);
    }
  }
  return places;
}

/** What stands at these places, each once, in the order of the list. */
export function inOrder<T>(list: readonly T[], places: Iterable<number>): readonly T[] {
  return [...new Set(places)]
    .toSorted((a, b) => a - b)
    .flatMap((place) => {
      const one = list[place];
      return one === undefined ? [] : [one];
    });
}

const placesByUrn = onceAStack((resources) => placesByText(resources, ({ urn }) => [urn]));
