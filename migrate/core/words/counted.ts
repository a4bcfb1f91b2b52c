// Counts in sentences: `1 task`, `4 tasks`.

export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
