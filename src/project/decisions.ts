import { readFile } from 'node:fs/promises'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import { replaceFile } from '../replace-file.ts'

const decisions = z.array(
  z.strictObject({ action: z.enum(['accept', 'reject', 'merge']), left: z.string(), right: z.string() }),
)
export type Decisions = z.output<typeof decisions>

/** What people decided about pairs of titles (`titles.yaml`); none when there is no file. @throws InputError for a malformed one. */
export async function loadDecisions(path: string): Promise<Decisions> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  const result = decisions.safeParse(parse(text) ?? [])
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new InputError(`titles.yaml is not valid at ${issue?.path.join('.')}: ${issue?.message}.`, {
    code: 'decisions-invalid',
    file: path,
  })
}

export async function saveDecisions(path: string, decided: Decisions): Promise<void> {
  await replaceFile(path, stringify(decided))
}
