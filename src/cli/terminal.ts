/** Where a command reads from and writes to. */
export interface Terminal {
  readonly out: { readonly columns?: number; write(text: string): unknown }
  readonly err: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown }
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly folder: string
}

/** Columns that a line may have: COLUMNS where it is set, else those of the terminal; undefined in files and pipes. */
export function widthOf({ out, environment }: Pick<Terminal, 'out' | 'environment'>): number | undefined {
  const wanted = Number(environment.COLUMNS)
  return Number.isInteger(wanted) && wanted > 0 ? wanted : out.columns
}
