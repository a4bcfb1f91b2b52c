// The table of waves, in fixed columns. The name gives way when the terminal is narrow; numbers never do.

import type { Plan, PlannedWave } from "../core/model/plan";
import { duration, vcpu } from "./units";
import { clip } from "./wrap";

export function planWaves({ waves }: Plan, width: number): readonly string[] {
  if (waves.length === 0) return [];
  const longest = Math.max(NAME_WIDTH, ...waves.map((wave) => label(wave).length + 2));
  const expectedWidth = Math.max(EXPECTED_WIDTH, ...waves.map(({ expectedMs }) => duration(expectedMs).length + 2));
  const nameWidth = Math.min(longest, Math.max(NAME_WIDTH, width - OTHERS_WIDTH - expectedWidth));
  const head = `  ${"wave".padEnd(nameWidth)}${"services".padStart(8)}${"tasks".padStart(7)}${"extra vCPU".padStart(12)}${"expected".padStart(expectedWidth)}`;
  return [head, ...waves.map((wave) => line(wave, { nameWidth, expectedWidth }))];
}

const NAME_WIDTH = 19;
const EXPECTED_WIDTH = 10;
/** Indent, the other columns of numbers and the soak. */
const OTHERS_WIDTH = 2 + 8 + 7 + 12 + 15;

interface Widths {
  readonly nameWidth: number;
  readonly expectedWidth: number;
}

function label({ number, name }: PlannedWave): string {
  return `${number} ${name}`;
}

function line(wave: PlannedWave, { nameWidth, expectedWidth }: Widths): string {
  const soak = wave.soakMs > 0 ? `    soak ${duration(wave.soakMs)}` : "";
  return [
    `  ${clip(label(wave), nameWidth - 1).padEnd(nameWidth)}`,
    String(wave.services.length).padStart(8),
    String(wave.tasks).padStart(7),
    vcpu(wave.extraVcpu).padStart(12),
    duration(wave.expectedMs).padStart(expectedWidth),
    soak,
  ].join("");
}
