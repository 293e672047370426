import { characters } from '../discovery/characters/index.ts'
import { keywords } from '../discovery/keywords/index.ts'
import type { Row } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import type { Context } from '../question.ts'
import type { TitleTalk } from './report-data.ts'

/** Films and series that are shown: those of which most is written. */
const shown = 2
const [wordsOfEach, figuresOfEach, pairsOfEach] = [15, 15, 30]

/** The first of `pairs`, and the first of each who is in any. */
function chosenPairs(pairs: TitleTalk['pairs']): TitleTalk['pairs'] {
  const met = new Set<string>()
  return pairs.flatMap(({ left, right, viewers }, place) => {
    const isFirst = !met.has(left) || !met.has(right)
    met.add(left).add(right)
    return isFirst || place < pairsOfEach ? [{ left, right, viewers }] : []
  })
}

/** What viewers talk about, and of whom, in the films and series of which most is written. */
export async function collectTalk(context: Context): Promise<TitleTalk[]> {
  const { engine } = await context.warehouse()
  const most = await engine.query<Row & { work: string }>(
    sql`SELECT CAST(work AS VARCHAR(20)) AS work FROM (
        SELECT coalesce(t.series_id, o.title_id) AS work FROM (SELECT title_id FROM review UNION ALL SELECT title_id FROM timed_comment) o
          LEFT JOIN title t ON t.title_id = o.title_id) w
      GROUP BY work ORDER BY count(*) DESC, work LIMIT ${shown}`,
  )
  const found: TitleTalk[] = []
  for (const { work } of most) {
    const title = `#${work}`
    const words = await keywords.ask(context, keywords.parameters.parse({ title, limit: wordsOfEach }))
    const cast = await characters.ask(context, characters.parameters.parse({ title, limit: figuresOfEach }))
    const names = new Set(cast.rows.map(({ name }) => name))
    found.push({
      name: words.title ?? '',
      isCompared: words.against !== null,
      words: words.rows.map(({ word, viewers, share, shareElsewhere, quote }) => ({
        ...{ word, viewers, share, elsewhere: shareElsewhere, quote },
      })),
      figures: cast.rows.map((row) => ({
        ...{ name: row.name, kind: row.kind, viewers: row.viewers, favourable: row.favourable },
        ...{ voice: row.voice ?? 0, low: row.voiceLow ?? 0, high: row.voiceHigh ?? 0 },
      })),
      pairs: chosenPairs(cast.pairs.filter(({ left, right }) => names.has(left) && names.has(right))),
    })
  }
  return found.filter(({ words, figures }) => words.length + figures.length > 0)
}
