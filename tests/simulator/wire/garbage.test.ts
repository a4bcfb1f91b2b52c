// Whatever arrives, something well-formed goes back.

import assert from "node:assert/strict";
import * as fc from "fast-check";
import { ManualClock } from "../../../simulator/clock/manual-clock";
import { Simulation } from "../../../simulator/simulation";
import { Wire } from "../../../simulator/wire/wire";
import { fakeWorld } from "../fake-world";

describe("the wire, given garbage", () => {
  const simulation = new Simulation({ world: fakeWorld(), clock: new ManualClock(0) });
  const wire = new Wire({ simulation });

  const statusOf = (body: string, service: string, target: string | undefined): number => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAX/20260601/eu-west-1/${service}/aws4_request, Signature=0`;
    const headers = target === undefined ? { authorization } : { authorization, "x-amz-target": target };
    const answer = wire.answer({ method: "POST", path: "/", headers, body });
    assert.equal(answer.kind, "answered");
    return answer.kind === "answered" ? answer.response.status : 0;
  };

  it("answers any text in any protocol with 200 or 4xx", () => {
    const target = fc.oneof(
      fc.constant(undefined),
      fc.constant("TrentService.DescribeKey"),
      fc.constant("AmazonEC2ContainerServiceV20141113.UpdateService"),
      fc.string(),
    );
    const service = fc.constantFrom("ecs", "kms", "sts", "ec2", "lambda");
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property is asserted synchronously
    fc.assert(
      fc.property(fc.string(), service, target, (body, name, to) => {
        const status = statusOf(body, name, to);
        assert.ok(status === 200 || (status >= 400 && status < 500), String(status));
      }),
    );
  });

  it("answers any JSON for the input of UpdateService with 200 or 400", () => {
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property is asserted synchronously
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const status = statusOf(JSON.stringify(value), "ecs", "AmazonEC2ContainerServiceV20141113.UpdateService");
        assert.ok(status === 200 || status === 400, String(status));
      }),
    );
  });

  it("answers any form for DescribeSubnets with 200 or 400", () => {
    const key = fc.constantFrom(
      "Filter",
      "Filter.1",
      "Filter.1.Name",
      "Filter.x.Value.1",
      "SubnetId.1",
      "MaxResults",
      "..",
      "a.b",
    );
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property is asserted synchronously
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.string())), (pairs) => {
        const form = new URLSearchParams([["Action", "DescribeSubnets"], ...pairs]).toString();
        const status = statusOf(form, "ec2", undefined);
        assert.ok(status === 200 || status === 400, String(status));
      }),
    );
  });

  it("finds no fault with itself over all of that", () => {
    assert.deepEqual(wire.defects(), []);
  });
});
