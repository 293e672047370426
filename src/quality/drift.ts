export function compareProfiles(_a: unknown, _b: unknown): unknown[] {
  return []
}
