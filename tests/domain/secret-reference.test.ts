import assert from "node:assert/strict";
import { parameterNames, parseSecretReference } from "../../domain/secret-reference";

const IN = "eu-west-1:111122223333";
const SECRET = `arn:aws:secretsmanager:${IN}:secret:pay/db-AbCdEf`;

describe("a secret as a task definition writes it", () => {
  for (const [written, kind, reference, name] of [
    [SECRET, "secret", SECRET, "pay/db-AbCdEf"],
    [`${SECRET}:password::`, "secret", SECRET, "pay/db-AbCdEf"],
    [`${SECRET}:password:AWSPREVIOUS:`, "secret", SECRET, "pay/db-AbCdEf"],
    [`arn:aws:ssm:${IN}:parameter/db`, "parameter", `arn:aws:ssm:${IN}:parameter/db`, "db"],
    [`arn:aws:ssm:${IN}:parameter/app/db`, "parameter", `arn:aws:ssm:${IN}:parameter/app/db`, "/app/db"],
    ["db", "parameter", "db", "db"],
    ["/app/db:7", "parameter", "/app/db", "/app/db"],
    [`arn:aws:ssm:${IN}:parameter/db:7`, "parameter", `arn:aws:ssm:${IN}:parameter/db`, "db"],
  ] as const)
    it(`${written} is ${kind} ${name}`, () => {
      const parsed = parseSecretReference(written);
      assert.deepEqual([parsed.kind, parsed.reference, parsed.name], [kind, reference, name]);
      assert.equal(parsed.account, written.startsWith("arn:") ? "111122223333" : null);
      assert.equal(parsed.region, written.startsWith("arn:") ? "eu-west-1" : null);
    });

  it("has two names where its ARN does not tell whether a slash comes first, and one elsewhere", () => {
    const namesOf = (written: string) => parameterNames(parseSecretReference(written));
    assert.deepEqual(namesOf(`arn:aws:ssm:${IN}:parameter/db`), ["db", "/db"]);
    assert.deepEqual(namesOf(`arn:aws:ssm:${IN}:parameter/app/db`), ["/app/db"]);
    assert.deepEqual([namesOf("db"), namesOf("/db")], [["db"], ["/db"]]);
  });
});
