/** Where a command reads from and writes to. */
export interface Terminal {
  readonly out: { readonly columns?: number; write(text: string): unknown }
  readonly err: { readonly isTTY?: boolean; write(text: string): unknown }
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly folder: string
}
