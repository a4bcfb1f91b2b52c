// A test for each cell of some states of the table of faults and states.

import { possibleCells, provesCell } from "./aimed-cells";

const VARIANTS = 2;

export function describeCells(title: string, states: readonly string[]): void {
  describe(title, function () {
    this.timeout(300_000);

    for (const cell of possibleCells().filter(({ state }) => states.includes(state))) {
      it(`by ${cell.fault} while ${cell.state} harms no service and claims nothing untrue`, () =>
        provesCell(cell, VARIANTS));
    }
  });
}
