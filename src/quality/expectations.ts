export function checkExpectations(
  _e: unknown,
  _p: unknown,
  _l: unknown,
): { passed: boolean; expectation: { severity: string } }[] {
  return []
}
