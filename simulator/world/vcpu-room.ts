// The vCPU of one kind of Fargate capacity in a lane: what the account may run, what its tasks here and its neighbours run, and
// what CloudWatch measured of it, minute by minute.
// Sources: Fargate service quotas and "AWS Fargate usage metrics", ECS developer guide (documented: On-Demand and Spot have a
// quota and a metric each, pods of Amazon EKS included). That a task counts from its launch until it has stopped is inferred.
// Invariants
//   amounts are whole CPU units inside (1024 = one vCPU), so that sums are exact
//   a quota below what runs stops nothing: it keeps new tasks from starting

const UNITS_PER_VCPU = 1024;
const MINUTE_MS = 60_000;
/** CloudWatch keeps points of one minute for 15 days (documented). */
const MINUTES_KEPT = 15 * 24 * 60;

export type FargateCapacity = "onDemand" | "spot";

export class VcpuRoom {
  /** Null: nobody said, and so nothing is refused for it. */
  quotaVcpu: number | null = null;
  #ownUnits = 0;
  #neighbourUnits = 0;
  /** What ran before the first measured change. */
  #unitsAtFirst = 0;
  /** What ran at a full minute, for the minutes at which it differed from the one before; the oldest first. */
  readonly #measured: { atMs: number; units: number }[] = [];

  get inUseVcpu(): number {
    return (this.#ownUnits + this.#neighbourUnits) / UNITS_PER_VCPU;
  }

  get ownVcpu(): number {
    return this.#ownUnits / UNITS_PER_VCPU;
  }

  hasRoomFor(units: number): boolean {
    return this.quotaVcpu === null || this.#ownUnits + this.#neighbourUnits + units <= this.quotaVcpu * UNITS_PER_VCPU;
  }

  /** What the tasks of this world take, or, below zero, give back. */
  take(units: number, nowMs: number): void {
    this.#ownUnits += units;
    this.#measure(nowMs);
  }

  /** What others in the account take, or, below zero, give back: pods of Amazon EKS, clusters that the world does not hold. */
  neighbourTakes(vcpu: number, nowMs: number): void {
    this.#neighbourUnits = Math.max(0, this.#neighbourUnits + Math.round(vcpu * UNITS_PER_VCPU));
    this.#measure(nowMs);
  }

  /** What the world begins with has always run: a scan before its beginning measured it. */
  begin(): void {
    this.#unitsAtFirst = this.#ownUnits + this.#neighbourUnits;
    this.#measured.length = 0;
  }

  /** In vCPU at a full minute. */
  measuredVcpu(minuteMs: number): number {
    let [low, high] = [0, this.#measured.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#measured[middle]?.atMs ?? 0) <= minuteMs) low = middle + 1;
      else high = middle;
    }
    return (this.#measured[low - 1]?.units ?? this.#unitsAtFirst) / UNITS_PER_VCPU;
  }

  /** A change shows at the next full minute; of several within one minute the last one does. */
  #measure(nowMs: number): void {
    const atMs = Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS;
    const units = this.#ownUnits + this.#neighbourUnits;
    const last = this.#measured.at(-1);
    if (last?.atMs === atMs) last.units = units;
    else this.#measured.push({ atMs, units });
    if (this.#measured.length > MINUTES_KEPT) this.#unitsAtFirst = this.#measured.shift()?.units ?? 0;
  }
}

/** CPU of a task definition or a task, `"256"` or `"1 vCPU"`, in CPU units; 0 when it is not given at task level. */
export function cpuUnitsOf(cpu: string | undefined): number {
  const [, amount = "0", unit] = /^\s*([0-9]*\.?[0-9]+)\s*(vcpu)?\s*$/i.exec(cpu ?? "") ?? [];
  return Math.round(Number(amount) * (unit === undefined ? 1 : UNITS_PER_VCPU));
}
