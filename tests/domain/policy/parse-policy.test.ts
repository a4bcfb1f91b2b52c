// How a policy document is read: in which wrappings, with which problems.

import assert from "node:assert/strict";
import type { Policy } from "../../../domain/policy/document";
import { nearestOperator } from "../../../domain/policy/parse-operator";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { isProblem } from "../../../domain/problem";

const STATEMENT = { Sid: "S", Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" };
const DOCUMENT = { Version: "2012-10-17", Statement: [STATEMENT] };

describe("a policy document", () => {
  it("reads the same from text, value, URL-encoded text, text with a byte order mark and get-key-policy's answer", () => {
    const text = JSON.stringify(DOCUMENT);
    const wanted = read(DOCUMENT);
    const wrapped = [text, encodeURIComponent(text), `\uFEFF${text}\n`, { Policy: text, PolicyName: "default" }];
    for (const source of [...wrapped, JSON.stringify({ Policy: text })]) assert.deepEqual(read(source), wanted);
  });

  it("takes a single statement in place of a list", () => {
    assert.equal(read({ Version: "2012-10-17", Statement: STATEMENT }).statements.length, 1);
  });

  it("is of version 2008-10-17 when it names none", () => {
    assert.equal(read({ Statement: [STATEMENT] }).version, "2008-10-17");
  });

  for (const [source, what] of [
    ["{nope", "the policy is not JSON"],
    ["", "the policy is not JSON"],
    ["%7B%", "the policy is not JSON"],
    ['"text"', "the policy is a text inside a text"],
    [[], "the policy is not a JSON object"],
    [null, "the policy is not a JSON object"],
    [undefined, "the policy is not a JSON object"],
    [42, "the policy is not a JSON object"],
    [{}, "the policy has no Statement"],
    [{ Policy: "{}" }, "the policy has no Statement"],
  ] as const) {
    it(`is none when it is ${JSON.stringify(source)}`, () => {
      const parsed = parsePolicy(source);
      assert.ok(isProblem(parsed));
      assert.ok(parsed.what.startsWith(what), parsed.what);
      assert.ok(parsed.remedy.length > 0);
    });
  }

  const without = (element: string) => Object.fromEntries(Object.entries(STATEMENT).filter(([key]) => key !== element));
  const context = { "kms:EncryptionContext:aws:ecs:clusterName": "web" };
  for (const [title, statement, codes] of [
    ["a right statement", STATEMENT, []],
    ["a statement without Resource", without("Resource"), ["no-resource"]],
    ["a statement without Action", without("Action"), ["no-action"]],
    ["a statement without Effect", without("Effect"), ["no-effect"]],
    ["Principal beside NotPrincipal", { ...STATEMENT, NotPrincipal: "*" }, ["two-forms"]],
    ["an Action that is a number", { ...STATEMENT, Action: 7 }, ["unreadable-element", "no-action"]],
    ["a Condition that is a list", { ...STATEMENT, Condition: [] }, ["unreadable-element"]],
    ["a Condition value that is an object", condition({ StringEquals: { "a:b": {} } }), ["unreadable-element"]],
    ["a deleted role", { ...STATEMENT, Principal: { AWS: "AROAEXAMPLEID12345678" } }, ["deleted-principal"]],
    ["a principal of no form", { ...STATEMENT, Principal: { AWS: "app" } }, ["unreadable-principal"]],
    ["a misspelt operator", condition({ ForAllValuesStringEquals: { "a:b": "c" } }), ["unknown-operator"]],
    [
      "a set operator on an encryption context",
      condition({ "ForAllValues:StringEquals": context }),
      ["set-operator-on-encryption-context"],
    ],
  ] as const) {
    it(`names what is wrong with ${title}`, () => {
      const { problems } = read({ Version: "2012-10-17", Statement: [statement] });
      assert.deepEqual(
        problems.map(({ code }) => code),
        codes,
      );
    });
  }

  it("names variables that its version does not have", () => {
    const statement = condition({ StringEquals: { "a:b": "$".concat("{aws:username}") } });
    assert.deepEqual(
      read({ Statement: [statement] }).problems.map(({ code }) => code),
      ["variable-in-old-version"],
    );
    assert.deepEqual(read({ Version: "2012-10-17", Statement: [statement] }).problems, []);
  });

  it("names a version that AWS does not know", () => {
    assert.deepEqual(
      read({ Version: "2012-10-18", Statement: [STATEMENT] }).problems.map(({ code }) => code),
      ["unknown-version"],
    );
  });
});

describe("a misspelt condition operator", () => {
  for (const [written, meant] of [
    ["ForAllValuesStringEquals", "ForAllValues:StringEquals"],
    ["ForAllValue:StringEquals", "ForAllValues:StringEquals"],
    ["stringequals", "StringEquals"],
    ["StringEqual", "StringEquals"],
    ["StringLikes", "StringLike"],
    ["Boolean", null],
    ["SomethingElse", null],
  ] as const) {
    it(`${written} was ${meant === null ? "meant in no way we know" : `probably meant as ${meant}`}`, () => {
      assert.equal(nearestOperator(written), meant);
    });
  }
});

function condition(block: unknown): unknown {
  return { ...STATEMENT, Condition: block };
}

function read(source: unknown): Policy {
  const parsed = parsePolicy(source);
  assert.ok(!isProblem(parsed));
  return parsed;
}
