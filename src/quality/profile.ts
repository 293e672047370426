export async function buildProfile(_e: unknown, _l: unknown, _n: Date): Promise<unknown> {
  return {}
}
