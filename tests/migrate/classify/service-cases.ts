// What tables of classification cases have in common: the shape of a case, and the services that they start from.

import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { classifyService } from "../../../migrate/core/classify/classify-service";
import type { ServiceClass } from "../../../migrate/core/model/service-class";
import { seenWhole } from "../fleets/seen-whole";
import { type Changes, contextOf, payCluster } from "../fleets/service-case";

export interface Case {
  readonly title: string;
  readonly fleet: Fleet;
  readonly changes?: Changes;
  readonly class: ServiceClass;
  /** Must be in the reason, literally. */
  readonly reason: string;
  /** Must be in the remedy, literally; null: there is no remedy. */
  readonly remedy: string | null;
  /** Where the behaviour that the class rests on is known from: documented, reported or inferred, and the place. */
  readonly source: string;
}

export const KEY = payCluster().build().keys[0]?.arn ?? "";
export const KEY_ID = KEY.slice(KEY.lastIndexOf("/") + 1);
export const OTHER_KEY = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000";
export const CHECKOUT = "arn:aws:ecs:eu-west-1:111122223333:service/pay/checkout";

export const api = payCluster().service("checkout", { desired: 2 });
export const plain = seenWhole(api.build());
export const keyed = seenWhole(api.keyed().build());
export const definition = plain.taskDefinitions[0];

/** One test a case: the class, and what reason and remedy must hold. */
export function checkCases(cases: readonly Case[]): void {
  for (const one of cases) {
    it(`says ${one.class} of ${one.title} (${one.source})`, () => checkCase(one));
  }
}

function checkCase(one: Case): void {
  const found = classifyService(contextOf(one.fleet, one.changes));
  assert.equal(found.class, one.class, found.reason);
  assert.ok(found.reason.includes(one.reason), found.reason);
  if (one.remedy === null) assert.equal(found.remedy, null);
  else assert.ok(found.remedy?.includes(one.remedy), found.remedy ?? "no remedy");
}
