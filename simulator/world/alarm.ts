// A CloudWatch alarm: its definition as it was put, and its state. Nothing evaluates it: it changes when somebody sets it.
// Invariant: a firing that has a limit ends by itself; the state is then OK again.

export type AlarmValue = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface Alarm {
  readonly kind: "metric" | "composite";
  readonly name: string;
  readonly arn: string;
  /** As PutMetricAlarm or PutCompositeAlarm got it; empty for an alarm that came with a fleet. */
  definition: Readonly<Record<string, unknown>>;
  state: AlarmState;
  /** Until when it fires whatever its state says; null: it does not. */
  firing: { readonly sinceMs: number; readonly untilMs: number } | null;
  updatedAtMs: number;
}

export interface AlarmState {
  readonly value: AlarmValue;
  readonly reason: string;
  readonly sinceMs: number;
}

export function alarmStateAt({ state, firing }: Alarm, nowMs: number): AlarmState {
  if (firing === null) return state;
  const { sinceMs, untilMs } = firing;
  if (nowMs < untilMs) return { value: "ALARM", reason: "Threshold Crossed", sinceMs };
  return { value: "OK", reason: "Threshold no longer crossed", sinceMs: untilMs };
}

export function setAlarmState(alarm: Alarm, state: AlarmState): void {
  alarm.state = state;
  alarm.firing = null;
}
