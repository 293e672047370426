/** Why a review may not speak for a viewer of its own: what `marquee reviews check` finds. */
export const reviewFlags = [
  'near-duplicate',
  'short-copy',
  'burst',
  'burst-viewer',
  'hurried-viewer',
  'organised',
] as const
export type ReviewFlag = (typeof reviewFlags)[number]
