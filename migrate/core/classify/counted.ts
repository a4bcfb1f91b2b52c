// Counts in sentences: `1 task`, `4 tasks`.

export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** The telling end of an ARN: a task's id, a key's id, a task definition's `family:revision`. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
