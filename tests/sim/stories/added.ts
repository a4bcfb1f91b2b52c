// A story and more of it: what happens is added to what happens, everything else takes its place.

import type { Story } from "./story";

export function added(story: Story, more: Partial<Story>): Story {
  return {
    ...story,
    ...more,
    options: { ...story.options, ...more.options },
    faults: [...story.faults, ...(more.faults ?? [])],
    rivals: [...story.rivals, ...(more.rivals ?? [])],
    controls: [...story.controls, ...(more.controls ?? [])],
    deaths: [...story.deaths, ...(more.deaths ?? [])],
    mishaps: [...(story.mishaps ?? []), ...(more.mishaps ?? [])],
    resumesMax: Math.max(story.resumesMax, more.resumesMax ?? 0),
  };
}
