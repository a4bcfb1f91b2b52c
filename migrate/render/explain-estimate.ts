// An estimate as a sum that a person can check: term by term, with the two totals where they fall.
// Invariant: the last number of each line is whole, and the totals are the plan's.

import type { EstimateTerm } from "../core/plan/estimate";
import type { ExplainedRedeployment } from "../core/plan/explain/explanation";
import { seconds } from "./explain-parts";
import { duration } from "./units";
import { wrap } from "./wrap";

export function explainEstimate(estimate: ExplainedRedeployment["estimate"], width: number): readonly string[] {
  const { terms, toSuccessMs, toCapacityFreeMs, deadlineMs } = estimate;
  return [
    `  expected ${duration(toCapacityFreeMs)}, past its time after ${duration(deadlineMs)}`,
    ...termLines(terms, "success", width),
    total("to its success", toSuccessMs),
    ...termLines(terms, "capacity-free", width),
    total("until its capacity is free", toCapacityFreeMs),
  ];
}

const NAME_WIDTH = 27;
const PRODUCT_WIDTH = 12;
const TOTAL_WIDTH = 9;
const BASIS_AT = 4 + NAME_WIDTH + PRODUCT_WIDTH + TOTAL_WIDTH + 3;

function termLines(terms: readonly EstimateTerm[], until: EstimateTerm["until"], width: number): readonly string[] {
  return terms.filter((term) => term.until === until).flatMap((term) => termLine(term, width));
}

function termLine({ name, times, eachMs, totalMs, basis }: EstimateTerm, width: number): readonly string[] {
  const product = `${times} × ${seconds(eachMs)}`.padStart(PRODUCT_WIDTH);
  const numbers = `    ${name.padEnd(NAME_WIDTH)}${product}${seconds(totalMs).padStart(TOTAL_WIDTH)}`;
  const [first = "", ...others] = wrap(basis, width - BASIS_AT);
  return [`${numbers}   ${first}`, ...others.map((line) => `${" ".repeat(BASIS_AT)}${line}`)];
}

function total(name: string, ms: number): string {
  return `    ${name.padEnd(NAME_WIDTH)}${"".padStart(PRODUCT_WIDTH)}${seconds(ms).padStart(TOTAL_WIDTH)}`;
}
