import { suggest } from '../advice/index.ts'
import type { Suggestion } from '../advice/suggestion.ts'
import type { Row } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import type { Context } from '../question.ts'
import { aspectName } from '../reviews/drivers/aspect-name.ts'
import { drivers } from '../reviews/drivers/index.ts'
import { outcomeWords } from '../reviews/drivers/notes.ts'
import type { Text } from '../text.ts'
import type { AdviceData } from './report-data.ts'

/** Films and series that are shown: those with most opinions in reviews. */
const shown = 2
const suggestionsOfEach = 6

/** What moves the outcomes, and what could be better in the titles that reviews say most of; null without opinions. */
export async function collectAdvice(context: Context): Promise<AdviceData | null> {
  const { engine } = await context.warehouse()
  const most = await engine.query<Row & { title_id: string }>(
    sql`SELECT CAST(coalesce(t.series_id, t.title_id) AS VARCHAR(20)) AS title_id FROM review_aspect a JOIN title t ON t.title_id = a.title_id
      GROUP BY coalesce(t.series_id, t.title_id) ORDER BY count(*) DESC, title_id LIMIT ${shown}`,
  )
  if (most.length === 0) return null
  const { models, rows } = await drivers.ask(context, drivers.parameters.parse({}))
  const titles: AdviceData['titles'][number][] = []
  for (const { title_id } of most) {
    const parameters = suggest.parameters.parse({ title: `#${title_id}`, limit: suggestionsOfEach })
    const { title, reviews, rows: found } = await suggest.ask(context, parameters)
    titles.push({
      name: title,
      reviews,
      suggestions: found.map((one) => ({ label: labelOf(one, title), ...one })),
    })
  }
  return {
    drivers: models.map(({ outcome, observations, explained }) => ({
      ...{ outcome: outcomeWords[outcome], observations, explained },
      rows: rows.filter((row) => row.outcome === outcome),
    })),
    titles,
  }
}

/** In short what a suggestion is about. */
function labelOf({ aspect, target, place, title: part }: Suggestion, title: string): Text {
  const name = aspect === null ? { en: place ?? '', zh: place ?? '' } : aspectName(aspect)
  const about = target ?? (part === title ? undefined : part)
  return about === undefined ? name : { en: `${name.en} · ${about}`, zh: `${name.zh} · ${about}` }
}
