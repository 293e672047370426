import { scenes } from '../discovery/scenes/index.ts'
import type { Row } from '../engine/engine.ts'
import { sql } from '../engine/sql.ts'
import type { Context } from '../question.ts'
import type { TitleMoments } from './report-data.ts'

/** Films and episodes that are shown: those with most timed comments. */
const shown = 2
const momentsOfEach = 12

/** What viewers react to in the titles that have most timed comments. */
export async function collectMoments(context: Context): Promise<TitleMoments[]> {
  const { engine } = await context.warehouse()
  const most = await engine.query<Row & { title_id: string }>(
    sql`SELECT CAST(title_id AS VARCHAR(20)) AS title_id FROM timed_comment GROUP BY title_id ORDER BY count(*) DESC, title_id LIMIT ${shown}`,
  )
  const found: TitleMoments[] = []
  for (const { title_id } of most) {
    const parameters = scenes.parameters.parse({ title: `#${title_id}`, limit: momentsOfEach })
    const { title, minutes, rows } = await scenes.ask(context, parameters)
    if (minutes.length === 0) continue
    const largest = Math.max(...minutes.map(({ viewers }) => viewers ?? 0))
    found.push({
      name: title,
      minutes: minutes.map(({ comments, viewers }) => ({
        comments,
        share: viewers === null || largest === 0 ? null : viewers / largest,
      })),
      moments: rows.map(({ kind, scene, words, ...row }) => ({
        reaction: kind,
        startSeconds: row.startSeconds,
        endSeconds: row.endSeconds,
        place: row.place,
        strength: row.strength,
        viewers: row.viewers,
        words: words.map(({ word }) => word),
        scene: [scene?.location ?? [], scene?.characters ?? []].flat(),
      })),
    })
  }
  return found
}
