import type { Engine } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import { InputError } from '../errors.ts'

/** One title of the warehouse, found by name. */
export interface ResolvedTitle {
  /** Decimal text, since ids go beyond 2^53. */
  readonly titleId: string
  readonly name: string
  readonly year: number | null
  readonly titleType: string | null
}

interface FoundTitle extends ResolvedTitle {
  /** The series and the season that it belongs to. */
  readonly wholes: readonly string[]
}

interface NameRow extends Record<string, string | number | null> {
  title_id: string | number
  written: string
  name: string
  year: number | null
  title_type: string | null
  series_id: string | number | null
  parent_id: string | number | null
}

const suggestionCount = 5

/** Case, width and spacing do not tell names apart. */
function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

function bigrams(text: string): Set<string> {
  const characters = [...` ${text} `]
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))
}

function similarity(a: Set<string>, b: Set<string>): number {
  let shared = 0
  for (const pair of a) if (b.has(pair)) shared += 1
  return (2 * shared) / (a.size + b.size)
}

function titleOf(row: NameRow): FoundTitle {
  const wholes = [row.series_id, row.parent_id].flatMap((id) => (id === null ? [] : String(id)))
  return { titleId: String(row.title_id), name: row.name, year: row.year, titleType: row.title_type, wholes }
}

const describe = (title: ResolvedTitle) => (title.year === null ? title.name : `${title.name} (${title.year})`)

/** The title whose id is `id`, decimal text. */
async function titleWithId(engine: Engine, id: string): Promise<ResolvedTitle | undefined> {
  const [row] = await engine.query<NameRow>(
    sql`SELECT CAST(title_id AS VARCHAR) AS title_id, name, year, title_type FROM title WHERE CAST(title_id AS VARCHAR) = ${id}`,
  )
  return row && { titleId: String(row.title_id), name: row.name, year: row.year, titleType: row.title_type }
}

/**
 * The title that `text` names, exactly but for case, width and spacing; `Name (2019)` tells namesakes apart, `#ID` is
 * never ambiguous. A name that sources give to a series and, beside season and episode, to its episodes is that of the series.
 * @throws InputError `unknown-title` with the nearest names, or `ambiguous-title` with all namesakes.
 */
export async function resolveTitle(engine: Engine, text: string): Promise<ResolvedTitle> {
  const byId = /^#\d+$/.test(text) ? await titleWithId(engine, text.slice(1)) : undefined
  if (byId) return byId
  const wanted = fold(text)
  const [, bareName = wanted, year] = /^(.*?)\s*\((\d{4})\)$/u.exec(wanted) ?? []
  const wantedPairs = bigrams(wanted)
  const exact = new Map<string, FoundTitle>()
  const near: { title: ResolvedTitle; score: number }[] = []
  const names = sql`
    SELECT title_id, name AS written, name, year, title_type, series_id, parent_id FROM title
    UNION ALL SELECT title_id, original_title, name, year, title_type, series_id, parent_id FROM title WHERE original_title IS NOT NULL
    UNION ALL SELECT t.title_id, a.name, t.name, t.year, t.title_type, t.series_id, t.parent_id
      FROM alias a JOIN title t ON t.title_id = a.title_id`
  for await (const rows of engine.stream<NameRow>(names)) {
    for (const row of rows) {
      const title = titleOf(row)
      const written = fold(row.written)
      if (written === wanted || (written === bareName && String(row.year) === year)) exact.set(title.titleId, title)
      else if (exact.size === 0) {
        near.push({ title, score: similarity(wantedPairs, bigrams(written)) })
        if (near.length > 1000) near.sort((a, b) => b.score - a.score).length = suggestionCount * 10
      }
    }
  }
  const found = [...exact.values()].filter(({ wholes }) => !wholes.some((id) => exact.has(id)))
  const [first] = found
  if (found.length === 1 && first) {
    const { wholes, ...title } = first
    return title
  }
  if (found.length > 1) {
    const namesakes = found.map(describe).sort()
    throw new InputError(
      { en: `${found.length} titles are called “${text}”.`, zh: `有 ${found.length} 部影片名为“${text}”。` },
      {
        code: 'ambiguous-title',
        value: text,
        advice: { en: `Name one of: ${namesakes.join(', ')}.`, zh: `请指明其中一部：${namesakes.join('、')}。` },
      },
    )
  }
  near.sort((a, b) => b.score - a.score)
  const similar = [...new Set(near.filter(({ score }) => score > 0.2).map(({ title }) => describe(title)))]
  const suggestions = similar.slice(0, suggestionCount)
  throw new InputError(
    { en: `No title is called “${text}”.`, zh: `没有名为“${text}”的影片。` },
    {
      code: 'unknown-title',
      value: text,
      advice: suggestions.length
        ? { en: `Did you mean ${suggestions.join(', ')}?`, zh: `您要找的是否为：${suggestions.join('、')}？` }
        : {
            en: 'List the titles with: marquee query "SELECT name FROM title".',
            zh: '列出全部片名：marquee query "SELECT name FROM title"。',
          },
    },
  )
}
