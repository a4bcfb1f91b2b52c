// Waves one after the other, each after the soak of the one before it.

import type { Life } from "./live";

export function waveProblems(life: Life): readonly string[] {
  const { plan, lines, calls } = life;
  const waveOf = new Map(plan.services.map(({ arn, wave }) => [arn, wave]));
  const closedMs = new Map(
    lines.flatMap(({ at, event }) => (event.kind === "wave-closed" ? [[event.wave, Date.parse(at)]] : [])) as [
      number,
      number,
    ][],
  );
  const sent = calls.filter(({ operation }) => operation === "UpdateService");
  return sent.flatMap(({ atMs, input, afterLine }) => {
    const wave = waveOf.get(String(input.service));
    if (wave === undefined) return [`UpdateService of ${input.service}, which is not planned`];
    const opened = lines.slice(0, afterLine).some(({ event }) => event.kind === "wave-opened" && event.wave === wave);
    const earlier = plan.waves.filter(({ number }) => number < wave);
    const early = earlier.filter(({ number, soakMs }) => atMs < (closedMs.get(number) ?? Infinity) + soakMs);
    const undecided = plan.services.filter((one) => one.wave < wave && !isSettled(life, one.arn, afterLine));
    return [
      ...(opened ? [] : [`UpdateService of ${input.service} before its wave ${wave} was opened`]),
      ...early.map(({ number }) => `UpdateService of ${input.service} before the soak of wave ${number} was over`),
      ...undecided.map((one) => `UpdateService of ${input.service} while ${one.arn} of wave ${one.wave} was under way`),
    ];
  });
}

const SETTLED: readonly string[] = ["verified", "failed", "set-aside", "overdue"];

function isSettled({ lines }: Life, arn: string, line: number): boolean {
  return lines.slice(0, line).some(({ event }) => {
    if (!("service" in event) || event.service !== arn) return false;
    return SETTLED.includes(event.kind) || (event.kind === "redeploy-answered" && event.answer.kind === "refused");
  });
}
