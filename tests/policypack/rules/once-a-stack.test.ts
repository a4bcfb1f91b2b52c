import assert from "node:assert/strict";
import { CLUSTER, KEY } from "../../../policypack/rules/resource-types";
import {
  inOrder,
  onceAStack,
  placesByText,
  typedOnceAStack,
  withUrns,
} from "../../../policypack/rules/stack/once-a-stack";
import { subject } from "../subjects";

const STACK = ["c", "a", "b"].map((name) => subject(name === "a" ? KEY : CLUSTER, {}, { name }));
const names = (resources: readonly { readonly name: string }[]) => resources.map(({ name }) => name);

describe("what is looked up in a stack", () => {
  it("is computed once for a list, and anew for another one that holds the same", () => {
    let asked = 0;
    const count = onceAStack((resources) => {
      asked += 1;
      return resources.length;
    });
    assert.deepEqual([count(STACK), count(STACK), asked], [3, 3, 1]);
    assert.deepEqual([count([...STACK]), asked], [3, 2]);
  });

  it("keeps the order of the stack, whatever order it is asked for in", () => {
    const urns = STACK.map(({ urn }) => urn).toReversed();
    assert.deepEqual(names(withUrns(STACK, urns)), ["c", "a", "b"]);
    assert.deepEqual(names(typedOnceAStack([CLUSTER])(STACK)), ["c", "b"]);
    assert.deepEqual(inOrder(["x", "y", "z"], [2, 0, 2]), ["x", "z"]);
  });

  it("finds nothing for a URN that there is not", () => {
    assert.deepEqual(withUrns(STACK, ["urn:pulumi:dev::shop::x::y"]), []);
  });

  it("stands at every text that it has, once at each", () => {
    const places = placesByText(["ab", "b", "aa"], (word) => word);
    assert.deepEqual([places.get("a"), places.get("b"), places.get("c")], [[0, 2], [0, 1], undefined]);
  });
});
