// The statement for encrypted sessions of ECS Exec: who takes part in them may decrypt and make data keys, and nothing else.

import assert from "node:assert/strict";
import { executeCommandStatement } from "../../../components/key-policy/neighbour-statements";

describe("the statement for ECS Exec sessions", () => {
  it("gives task roles and who opens sessions what the ECS developer guide asks for, and nothing else", () => {
    const task = "arn:aws:iam::111122223333:role/task";
    assert.deepEqual(JSON.parse(JSON.stringify(executeCommandStatement([task]))), {
      Sid: "ExecSessions",
      Effect: "Allow",
      Principal: { AWS: [task] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
    });
  });
});
