import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { describeIssue } from '../describe-issue.ts'
import { InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Text } from '../text.ts'
import { fields, titleFields } from '../warehouse/schema.ts'
import { checkSource } from './check-source.ts'
import { type ProjectSettings, projectSettings } from './settings.ts'

/**
 * Reads and checks `marquee.yaml`.
 * @throws InputError naming file, line and value: a missing file, broken YAML, an unknown key (with the likely one), a bad value.
 */
export async function loadSettings(path: string): Promise<ProjectSettings> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new InputError(
      { en: 'There is no marquee.yaml here.', zh: '此处没有 marquee.yaml。' },
      {
        code: 'no-project',
        value: path,
        advice: {
          en: 'Start one with `marquee init DIR`, or name the folder with --project.',
          zh: '请用 `marquee init 文件夹` 新建项目，或用 --project 指定项目文件夹。',
        },
        cause,
      },
    )
  }
  return parseSettings(text, path)
}

/** Checks the text of a `marquee.yaml`; see `loadSettings`. */
export function parseSettings(text: string, path: string): ProjectSettings {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) {
    throw new InputError(
      {
        en: `marquee.yaml is not valid YAML: ${broken.message}`,
        zh: `marquee.yaml 不是有效的 YAML：${broken.message}`,
      },
      {
        code: 'settings-not-yaml',
        file: path,
        line: lines.linePos(broken.pos[0]).line,
        cause: broken,
      },
    )
  }
  const lineOf = (keys: readonly PropertyKey[]): number | undefined => {
    for (let depth = keys.length; depth > 0; depth--) {
      const node = document.getIn(keys.slice(0, depth) as (string | number)[], true)
      const range = (node as { range?: [number, number, number] } | undefined)?.range
      if (range) return lines.linePos(range[0]).line
    }
    return undefined
  }
  const value: unknown = document.toJS() ?? {}
  const result = projectSettings.safeParse(value)
  if (!result.success) throw settingError(result.error, value, path, lineOf)
  for (const [index, source] of result.data.sources.entries()) {
    checkSource(source, path, (keys) => lineOf(['sources', index, ...keys]))
    const known = [...titleFields, ...fields[source.kind]].map((field) => field.name)
    for (const name of Object.keys(source.columns)) {
      if (!known.includes(name)) {
        const line = lineOf(['sources', index, 'columns', name])
        throw unknownKey(
          name,
          known,
          { en: `the columns of ${source.name}`, zh: `来源 ${source.name} 的列中` },
          path,
          line,
        )
      }
    }
    const repeated = result.data.sources.findIndex((other) => other.name === source.name && other.kind === source.kind)
    if (repeated !== index) {
      throw new InputError(
        {
          en: `Two sources are called ${source.name} and both hold ${source.kind}.`,
          zh: `有两个来源都名为 ${source.name}，且类别同为 ${source.kind}。`,
        },
        {
          code: 'source-repeated',
          value: source.name,
          file: path,
          ...optionalLine(lineOf(['sources', index])),
          advice: {
            en: 'Give one of them another name, or list its files under the first.',
            zh: '请为其中一个改名，或将其文件列入第一个来源。',
          },
        },
      )
    }
  }
  return result.data
}

type LineOf = (keys: readonly PropertyKey[]) => number | undefined

const optionalLine = (line: number | undefined) => (line === undefined ? {} : { line })

function settingError(error: z.ZodError, value: unknown, path: string, lineOf: LineOf): InputError {
  const [issue] = error.issues
  if (!issue)
    return new InputError(
      { en: 'marquee.yaml is not valid.', zh: 'marquee.yaml 无效。' },
      { code: 'settings-invalid', file: path },
    )
  const keys = issue.path.join('.')
  const where = keys ? { en: keys, zh: ` ${keys} 中` } : { en: 'the top level', zh: '顶层' }
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    return unknownKey(key, knownKeys(issue.path), where, path, lineOf([...issue.path, key]))
  }
  if (issue.code === 'invalid_key') {
    const key = String(issue.path.at(-1))
    const known = issue.issues.flatMap((inner) => ('values' in inner ? inner.values.map(String) : []))
    const parent = issue.path.slice(0, -1).join('.')
    return unknownKey(key, known, { en: parent, zh: ` ${parent} 中` }, path, lineOf(issue.path))
  }
  const offending = issue.path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )
  const problem = describeIssue(issue, offending)
  return new InputError(
    {
      en: `${keys || 'the top level'} in marquee.yaml ${problem.en}.`,
      zh: `marquee.yaml 的${keys ? ` ${keys} ` : '顶层'}${problem.zh}。`,
    },
    {
      code: 'settings-invalid',
      value: offending,
      file: path,
      ...optionalLine(lineOf(issue.path)),
    },
  )
}

function unknownKey(key: string, known: readonly string[], where: Text, path: string, line: number | undefined) {
  const guess = nearest(key, known)
  return new InputError(
    {
      en: `marquee.yaml has an unknown key in ${where.en}: ${key}.`,
      zh: `marquee.yaml 的${where.zh}有未知的键：${key}。`,
    },
    {
      code: 'settings-unknown-key',
      value: key,
      file: path,
      ...optionalLine(line),
      advice: guess
        ? { en: `Did you mean ${guess}?`, zh: `是否应为 ${guess}？` }
        : { en: `Known here: ${known.join(', ')}.`, zh: `此处可用：${known.join('、')}。` },
    },
  )
}

/** The keys that the settings' schema allows at `path`. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = projectSettings
  for (const key of path) {
    schema = unwrap(schema)
    const inner = schema as { shape?: Record<PropertyKey, unknown>; element?: unknown; valueType?: unknown }
    schema = inner.shape?.[key] ?? inner.element ?? inner.valueType
  }
  return Object.keys((unwrap(schema) as { shape?: object } | undefined)?.shape ?? {})
}

function unwrap(schema: unknown): unknown {
  let inner = schema
  while (typeof inner === 'object' && inner !== null && 'unwrap' in inner && !('element' in inner)) {
    inner = (inner as { unwrap(): unknown }).unwrap()
  }
  return inner
}
