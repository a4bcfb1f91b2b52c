// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written so.
// The truth tables of the condition operators. Expected values are literals, read off the IAM user guide's pages
// "Condition operators", "Multivalued context keys" and "Policy variables"; null stands for an absent key.

import assert from "node:assert/strict";
import { matchCondition } from "../../../domain/policy/match-condition";
import { parseOperator } from "../../../domain/policy/parse-operator";
import { ABSENT, type ContextValue, present } from "../../../domain/policy/request";
import type { Ternary } from "../../../domain/policy/ternary";

type Row = readonly [
  operator: string,
  inRequest: string | readonly string[] | null,
  inPolicy: string | readonly string[],
  expected: Ternary,
];

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  "String operators compare whole values": [
    ["StringEquals", "web", "web", "yes"],
    ["StringEquals", "web", "Web", "no"],
    ["StringEquals", "web", "we*", "no"],
    ["StringEquals", "we*", "we*", "yes"],
    ["StringEquals", "web", ["api", "web"], "yes"],
    ["StringEquals", "web", [], "no"],
    ["StringNotEquals", "web", "api", "yes"],
    ["StringNotEquals", "web", ["api", "web"], "no"],
    ["StringNotEquals", "web", [], "yes"],
    ["StringEqualsIgnoreCase", "WEB", "web", "yes"],
    ["StringNotEqualsIgnoreCase", "WEB", "web", "no"],
    ["StringLike", "web", "w?b", "yes"],
    ["StringLike", "web", "w*", "yes"],
    ["StringLike", "web", "w?", "no"],
    ["StringLike", "Web", "w*", "no"],
    ["StringLike", "", "*", "yes"],
    ["StringNotLike", "web", ["x*", "w*"], "no"],
    ["StringNotLike", "web", ["x*", "y*"], "yes"],
  ],
  "Arn operators compare part by part and know wildcards": [
    ["ArnEquals", "arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/a", "yes"],
    ["ArnEquals", "arn:aws:iam::111122223333:role/a", "arn:aws:iam::*:role/*", "yes"],
    ["ArnLike", "arn:aws:ecs:eu-west-1:111122223333:cluster/web", "arn:aws:ecs:*:111122223333:cluster/w?b", "yes"],
    ["ArnLike", "arn:aws:ecs:eu-west-1:111122223333:cluster/web", "arn:aws:ecs:*:cluster/web", "no"],
    ["ArnLike", "arn:aws:sns:us-east-1:1:a:b", "arn:aws:sns:us-east-1:1:a:*", "yes"],
    ["ArnLike", "web", "*", "no"],
    ["ArnNotEquals", "arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b", "yes"],
    ["ArnNotLike", "arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/*", "no"],
  ],
  "Bool compares without regard to case": [
    ["Bool", "true", "true", "yes"],
    ["Bool", "true", "TRUE", "yes"],
    ["Bool", "true", "false", "no"],
  ],
  "Numeric operators compare numbers, and do not decide about other texts": [
    ["NumericEquals", "10", "10.0", "yes"],
    ["NumericNotEquals", "10", "11", "yes"],
    ["NumericLessThan", "9", "10", "yes"],
    ["NumericLessThan", "10", "9", "no"],
    ["NumericLessThanEquals", "10", "10", "yes"],
    ["NumericGreaterThan", "10", "9", "yes"],
    ["NumericGreaterThanEquals", "9", "10", "no"],
    ["NumericEquals", "ten", "10", "unknown"],
  ],
  "Date operators take ISO 8601 and seconds since 1970": [
    ["DateEquals", "2026-01-01T00:00:00Z", "2026-01-01", "yes"],
    ["DateEquals", "1767225600", "2026-01-01T00:00:00Z", "yes"],
    ["DateLessThan", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "yes"],
    ["DateGreaterThan", "2026-01-01T00:00:00+01:00", "2026-01-01T00:00:00Z", "no"],
    ["DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "yes"],
    ["DateGreaterThanEquals", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "no"],
    ["DateNotEquals", "2025-01-01", "2026-01-01", "yes"],
    ["DateEquals", "yesterday", "2026-01-01", "unknown"],
  ],
  "IpAddress knows both families": [
    ["IpAddress", "203.0.113.7", "203.0.113.0/24", "yes"],
    ["IpAddress", "203.0.114.7", "203.0.113.0/24", "no"],
    ["IpAddress", "203.0.113.7", "203.0.113.7", "yes"],
    ["IpAddress", "2001:db8::1", "2001:db8::/32", "yes"],
    ["IpAddress", "2001:db9::1", "2001:db8::/32", "no"],
    ["IpAddress", "203.0.113.7", "::/0", "no"],
    ["NotIpAddress", "203.0.113.7", "203.0.113.0/24", "no"],
    ["NotIpAddress", "198.51.100.1", ["203.0.113.0/24", "192.0.2.0/24"], "yes"],
    ["IpAddress", "ec2-frontend-api.amazonaws.com", "203.0.113.0/24", "unknown"],
    ["IpAddress", "203.0.113.7", "203.0.113.0/40", "unknown"],
  ],
  "BinaryEquals compares the encoded text": [
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", "yes"],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ6", "no"],
  ],
  "an absent key fails a positive operator and passes a negated one": [
    ["StringEquals", null, "web", "no"],
    ["StringLike", null, "*", "no"],
    ["ArnLike", null, "arn:aws:iam::*:role/*", "no"],
    ["Bool", null, "false", "no"],
    ["NumericLessThan", null, "10", "no"],
    ["IpAddress", null, "0.0.0.0/0", "no"],
    ["StringNotEquals", null, "web", "yes"],
    ["StringNotLike", null, "*", "yes"],
    ["ArnNotLike", null, "arn:aws:iam::*:role/*", "yes"],
    ["NotIpAddress", null, "0.0.0.0/0", "yes"],
    ["NumericNotEquals", null, "1", "yes"],
    ["DateNotEquals", null, "2026-01-01", "yes"],
  ],
  "IfExists lets an absent key pass and looks at a present one": [
    ["StringEqualsIfExists", null, "web", "yes"],
    ["StringEqualsIfExists", "api", "web", "no"],
    ["BoolIfExists", null, "false", "yes"],
    ["BoolIfExists", "true", "false", "no"],
    ["StringNotEqualsIfExists", null, "web", "yes"],
    ["StringNotEqualsIfExists", "web", "web", "no"],
    ["ForAnyValue:StringEqualsIfExists", null, "web", "yes"],
  ],
  "Null asks for existence only": [
    ["Null", null, "true", "yes"],
    ["Null", null, "false", "no"],
    ["Null", "web", "true", "no"],
    ["Null", "web", "false", "yes"],
    ["Null", [], "true", "yes"],
    ["Null", "web", "perhaps", "unknown"],
  ],
  "ForAllValues wants every value of the request, and holds for none": [
    ["ForAllValues:StringEquals", ["Decrypt"], "Decrypt", "yes"],
    ["ForAllValues:StringEquals", ["Decrypt", "Encrypt"], "Decrypt", "no"],
    ["ForAllValues:StringEquals", ["Decrypt"], ["Decrypt", "Encrypt"], "yes"],
    ["ForAllValues:StringEquals", null, "Decrypt", "yes"],
    ["ForAllValues:StringEquals", [], "Decrypt", "yes"],
    ["ForAllValues:StringNotEquals", ["Decrypt", "Encrypt"], "Encrypt", "no"],
    ["ForAllValues:StringNotEquals", ["Decrypt"], "Encrypt", "yes"],
    ["ForAllValues:StringLike", ["key1-a", "key1-b"], "key1*", "yes"],
  ],
  "ForAnyValue wants one value of the request, and fails for none": [
    ["ForAnyValue:StringEquals", ["Decrypt", "Encrypt"], "Encrypt", "yes"],
    ["ForAnyValue:StringEquals", ["Decrypt"], "Encrypt", "no"],
    ["ForAnyValue:StringEquals", null, "Encrypt", "no"],
    ["ForAnyValue:StringNotEquals", ["Decrypt", "Encrypt"], "Encrypt", "yes"],
    ["ForAnyValue:StringNotEquals", ["Encrypt"], "Encrypt", "no"],
    ["ForAnyValue:StringNotEquals", null, "Encrypt", "no"],
  ],
  "an operator that does not exist decides nothing": [
    ["ForAllValuesStringEquals", ["Decrypt"], "Decrypt", "unknown"],
    ["stringequals", "web", "web", "unknown"],
    ["StringMatches", "web", "web", "unknown"],
    ["NullIfExists", null, "true", "unknown"],
    ["ForSomeValues:StringEquals", ["a"], "a", "unknown"],
  ],
};

describe("condition operators", () => {
  for (const [title, rows] of Object.entries(TABLES)) {
    describe(title, () => {
      for (const [operator, inRequest, inPolicy, expected] of rows) {
        const subject = inRequest === null ? "an absent key" : JSON.stringify(inRequest);
        it(`${operator}: ${subject} against ${JSON.stringify(inPolicy)} is ${expected}`, () => {
          assert.equal(outcome({ operator, value: contextValueOf(inRequest), inPolicy }).match, expected);
        });
      }
    });
  }

  it("stays unknown when the request's value is not known", () => {
    const value: ContextValue = { kind: "unknown", why: "not documented" };
    for (const operator of ["StringEquals", "StringNotEquals", "Null", "BoolIfExists", "ForAllValues:StringEquals"]) {
      assert.equal(outcome({ operator, value, inPolicy: "true" }).match, "unknown", operator);
    }
  });
});

describe("policy variables", () => {
  const variables: readonly Row[] = [
    // The request's aws:PrincipalAccount is 111122223333; aws:username is absent; aws:PrincipalTag/team is `a*`.
    ["StringEquals", "111122223333", "${aws:PrincipalAccount}", "yes"],
    ["StringEquals", "111122223333", "${AWS:principalaccount}", "yes"],
    ["StringEquals", "x-111122223333-y", "x-${aws:PrincipalAccount}-y", "yes"],
    ["StringEquals", "444455556666", "${aws:PrincipalAccount}", "no"],
    ["StringEquals", "guest", "${aws:username, 'guest'}", "yes"],
    ["StringEquals", "111122223333", "${ aws:PrincipalAccount , 'guest' }", "yes"],
    ["StringEquals", "guest", "${aws:username}", "unknown"],
    ["StringNotEquals", "guest", "${aws:username}", "unknown"],
    ["StringEquals", "guest", ["${aws:username}", "guest"], "yes"],
    ["StringLike", "a*", "${aws:PrincipalTag/team}", "yes"],
    ["StringLike", "ab", "${aws:PrincipalTag/team}", "no"],
    ["StringLike", "ab", "${aws:PrincipalTag/team}*", "no"],
    ["StringLike", "a*b", "${aws:PrincipalTag/team}*", "yes"],
    ["StringLike", "a*", "a${*}", "yes"],
    ["StringLike", "ab", "a${*}", "no"],
    ["StringLike", "a?", "a${?}", "yes"],
    ["StringLike", "a$", "a${$}", "yes"],
    ["StringEquals", "${open", "${open", "yes"],
    ["ArnLike", "arn:aws:iam::111122223333:role/a", "arn:aws:iam::${aws:PrincipalAccount}:role/*", "yes"],
    ["NumericEquals", "111122223333", "${aws:PrincipalAccount}", "unknown"],
  ];
  for (const [operator, inRequest, inPolicy, expected] of variables) {
    it(`${operator}: ${JSON.stringify(inRequest)} against ${JSON.stringify(inPolicy)} is ${expected}`, () => {
      assert.equal(outcome({ operator, value: contextValueOf(inRequest), inPolicy }).match, expected);
    });
  }

  it("stand for themselves in a document of version 2008-10-17", () => {
    const old = { operator: "StringEquals", inPolicy: "${aws:PrincipalAccount}", version: "2008-10-17" } as const;
    assert.equal(outcome({ ...old, value: present("111122223333") }).match, "no");
    assert.equal(outcome({ ...old, value: present("${aws:PrincipalAccount}") }).match, "yes");
  });

  it("of a key with several values decide nothing", () => {
    const several = { operator: "StringEquals", value: present("a"), inPolicy: "${aws:TagKeys}" };
    assert.equal(outcome(several).match, "unknown");
  });
});

interface Question {
  readonly operator: string;
  readonly value: ContextValue;
  readonly inPolicy: string | readonly string[];
  readonly version?: "2012-10-17" | "2008-10-17";
}

function outcome({ operator, value, inPolicy, version = "2012-10-17" }: Question) {
  const values = typeof inPolicy === "string" ? [inPolicy] : inPolicy;
  const keys = {
    "test:Key": value,
    "aws:PrincipalAccount": present("111122223333"),
    "aws:PrincipalTag/team": present("a*"),
    "aws:TagKeys": present("a", "b"),
  };
  const clause = { written: operator, operator: parseOperator(operator), key: "TEST:key", values };
  return matchCondition(clause, { version, context: { keys, others: "absent" } });
}

function contextValueOf(inRequest: string | readonly string[] | null): ContextValue {
  if (inRequest === null) return ABSENT;
  return typeof inRequest === "string" ? present(inRequest) : present(...inRequest);
}
