import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { InputError } from '../errors.ts'
import { nearest } from '../nearest.ts'
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
    throw new InputError('There is no marquee.yaml here.', {
      code: 'no-project',
      value: path,
      advice: 'Start one with `marquee init DIR`, or name the folder with --project.',
      cause,
    })
  }
  return parseSettings(text, path)
}

/** Checks the text of a `marquee.yaml`; see `loadSettings`. */
export function parseSettings(text: string, path: string): ProjectSettings {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) {
    throw new InputError(`marquee.yaml is not valid YAML: ${broken.message}`, {
      code: 'settings-not-yaml',
      file: path,
      line: lines.linePos(broken.pos[0]).line,
      cause: broken,
    })
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
        throw unknownKey(name, known, `the columns of ${source.name}`, path, line)
      }
    }
    const repeated = result.data.sources.findIndex((other) => other.name === source.name && other.kind === source.kind)
    if (repeated !== index) {
      throw new InputError(`Two sources are called ${source.name} and both hold ${source.kind}.`, {
        code: 'source-repeated',
        value: source.name,
        file: path,
        ...optionalLine(lineOf(['sources', index])),
        advice: 'Give one of them another name, or list its files under the first.',
      })
    }
  }
  return result.data
}

type LineOf = (keys: readonly PropertyKey[]) => number | undefined

const optionalLine = (line: number | undefined) => (line === undefined ? {} : { line })

function settingError(error: z.ZodError, value: unknown, path: string, lineOf: LineOf): InputError {
  const [issue] = error.issues
  if (!issue) return new InputError('marquee.yaml is not valid.', { code: 'settings-invalid', file: path })
  const where = issue.path.join('.') || 'the top level'
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    return unknownKey(key, knownKeys(issue.path), where, path, lineOf([...issue.path, key]))
  }
  const offending = issue.path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )
  return new InputError(`${where} in marquee.yaml: ${issue.message}.`, {
    code: 'settings-invalid',
    value: offending,
    file: path,
    ...optionalLine(lineOf(issue.path)),
  })
}

function unknownKey(key: string, known: readonly string[], where: string, path: string, line: number | undefined) {
  const guess = nearest(key, known)
  return new InputError(`marquee.yaml has an unknown key in ${where}: ${key}.`, {
    code: 'settings-unknown-key',
    value: key,
    file: path,
    ...optionalLine(line),
    advice: guess ? `Did you mean ${guess}?` : `Known here: ${known.join(', ')}.`,
  })
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
