import { readFile } from 'node:fs/promises'
import { parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { describeIssue } from '../describe-issue.ts'
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
  const document = parseDocument(text)
  const [broken] = document.errors
  if (broken) {
    throw new InputError(
      {
        en: `titles.yaml is not valid YAML: ${broken.message}`,
        zh: `titles.yaml 不是有效的 YAML：${broken.message}`,
      },
      { code: 'decisions-invalid', file: path, cause: broken },
    )
  }
  const result = decisions.safeParse(document.toJS() ?? [], { reportInput: true })
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where = issue?.path.join('.') ?? ''
  const problem = issue && describeIssue(issue, issue.input)
  throw new InputError(
    { en: `${where} in titles.yaml ${problem?.en}.`, zh: `titles.yaml 的 ${where} ${problem?.zh}。` },
    {
      code: 'decisions-invalid',
      file: path,
      advice: {
        en: 'An entry has action (accept, reject or merge), left and right.',
        zh: '每条含 action（accept、reject 或 merge）、left 与 right。',
      },
    },
  )
}

export async function saveDecisions(path: string, decided: Decisions): Promise<void> {
  await replaceFile(path, stringify(decided))
}
