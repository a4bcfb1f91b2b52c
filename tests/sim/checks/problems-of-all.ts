// What is wrong with a life, and with that of the second copy of the program beside it, where there was one.

import type { Life } from "../stage/live";
import { problemsOf } from "./checks";

export function problemsOfAll(life: Life): readonly string[] {
  const { second } = life;
  return [
    ...problemsOf(life),
    ...(second === null ? [] : problemsOf(second).map((what) => `the second copy: ${what}`)),
  ];
}
