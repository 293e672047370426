export async function* writeCsv(
  columns: readonly string[],
  rows: AsyncIterable<Readonly<Record<string, unknown>>>,
): AsyncGenerator<string> {
  yield `${columns.join(',')}\n`
  for await (const row of rows) yield `${columns.map((c) => String(row[c] ?? '')).join(',')}\n`
}
