// Small readings of wire values that several mappers share: AWS leaves members out, sends them blank, or in units of its own.
// Invariant: none of these throws; what cannot be read is null (or the epoch where an instant is required).

import type { CapacityProviderStrategyItem } from "../../../domain/fleet";

/** ISO 8601 in UTC, or null. */
export function instantOrNull(value: Date | undefined): string | null {
  return value === undefined || Number.isNaN(value.getTime()) ? null : value.toISOString();
}

/** Where our noun requires an instant: one that AWS left out is the epoch, visibly odd and older than anything. */
export function instant(value: Date | undefined): string {
  return instantOrNull(value) ?? new Date(0).toISOString();
}

/** Null for absent and for blank. */
export function textOrNull(value: string | undefined): string | null {
  return value === undefined || value === "" ? null : value;
}

export function tagsOf(
  tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] | undefined,
): Readonly<Record<string, string>> {
  const named = (tags ?? []).flatMap(({ key, value }) => (key === undefined ? [] : [[key, value ?? ""] as const]));
  return Object.fromEntries(named);
}

export function strategyOf(
  items:
    | readonly {
        readonly capacityProvider?: string | undefined;
        readonly base?: number | undefined;
        readonly weight?: number | undefined;
      }[]
    | undefined,
): readonly CapacityProviderStrategyItem[] {
  return (items ?? []).map(({ capacityProvider = "", base = 0, weight = 0 }) => ({ capacityProvider, base, weight }));
}

/** CPU units from `256`, `.5 vCPU` or `2 vcpu`: task definitions may be registered in either form. */
export function cpuUnitsOf(value: string | undefined): number | null {
  return quantityOf(value, /^vcpus?$/i);
}

/** MiB from `512`, `1GB` or `2 GB`. */
export function memoryMibOf(value: string | undefined): number | null {
  return quantityOf(value, /^gb$/i);
}

/** A plain number, or one of a unit that holds 1,024 of ours. */
function quantityOf(value: string | undefined, unitOf1024: RegExp): number | null {
  const [, digits, unit = ""] = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(value ?? "") ?? [];
  if (digits === undefined) return null;
  if (unit === "") return Number(digits);
  return unitOf1024.test(unit) ? Number(digits) * 1_024 : null;
}
