import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { describeIssue } from '../../describe-issue.ts'
import { InputError } from '../../errors.ts'
import { type AspectSettings, taxonomySettings } from '../../project/settings.ts'
import { filmTaxonomy } from './film-taxonomy.ts'
import { type Aspect, extendTaxonomy, type Taxonomy } from './taxonomy.ts'

const aspectOf = ({ name, label, ...words }: AspectSettings): Aspect => ({
  id: name,
  name: label ?? { en: name, zh: name },
  ...words,
})

function notTaxonomy(path: string, text: { en: string; zh: string }, cause?: unknown): InputError {
  return new InputError(text, {
    ...{ code: 'taxonomy-file', file: path, ...(cause === undefined ? {} : { cause }) },
    advice: {
      en: 'A taxonomy is a YAML file with `aspects`, a list of `name` and `terms`.',
      zh: '方面词表为 YAML 文件，`aspects` 下列出 `name` 与 `terms`。',
    },
  })
}

/** The taxonomy in the YAML file `path`. @throws InputError `taxonomy-file` */
export async function readTaxonomy(path: string): Promise<Taxonomy> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw notTaxonomy(path, { en: `${path} cannot be read.`, zh: `无法读取 ${path}。` }, cause)
  })
  let value: unknown
  try {
    value = parse(text)
  } catch (cause) {
    throw notTaxonomy(path, { en: `${path} is not valid YAML.`, zh: `${path} 不是有效的 YAML。` }, cause)
  }
  const read = taxonomySettings.safeParse(value)
  if (!read.success) {
    const issue = read.error.issues[0] as NonNullable<(typeof read.error.issues)[number]>
    const at = issue.path.reduce<unknown>(
      (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
      value,
    )
    const said = describeIssue(issue, at)
    const place = issue.path.join('.')
    throw notTaxonomy(path, { en: `${path}: ${place} ${said.en}.`, zh: `${path}：${place} ${said.zh}。` })
  }
  const { whole, aspects } = read.data
  return { whole, aspects: extendTaxonomy({ whole, aspects: [] }, aspects.map(aspectOf)).aspects }
}

/** The taxonomy in the file `path`, or that of film and television, with `added` aspects. @throws InputError `taxonomy-file` */
export async function chooseTaxonomy(path: string | undefined, added: readonly AspectSettings[]): Promise<Taxonomy> {
  const base = path === undefined ? filmTaxonomy : await readTaxonomy(path)
  return extendTaxonomy(base, added.map(aspectOf))
}
