import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createContext } from '../../src/cli/create-context.ts'
import { parametersOf } from '../../src/cli/parameters.ts'
import { mapAtOnce } from '../../src/map-at-once.ts'
import { silentProgress } from '../../src/progress.ts'
import { layoutOf } from '../../src/project/layout.ts'
import { loadSettings } from '../../src/project/load-settings.ts'
import { openEmbedded } from '../../src/project/open-engine.ts'
import type { Context, Question } from '../../src/question.ts'
import { collectReport } from '../../src/report/collect-report.ts'
import { differences } from './differences.ts'
import type { TestProject } from './project.ts'
import { type Given, type Samples, waysToAsk } from './question-ways.ts'
import type { Twins } from './twins.ts'
import { writtenRows } from './written-rows.ts'

function contextOf({ folder }: TestProject) {
  const { signal } = new AbortController()
  return createContext({ folder, locale: 'en', progress: silentProgress, signal, choose: async () => undefined })
}

/** Distinct values that are always counted one by one. */
const fewDistinct = 80

/** When it was given, where its project lies, and the names of parts. */
const varying = ['builtAt', 'writtenAt', 'measuredAt', 'ageDays', 'project', 'partId', 'quarantineIds']

/** What an answer may not differ in: all but what varies and counts that are estimates. */
function comparable(answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, value) => {
    if (varying.includes(key)) return undefined
    const isEstimate = value?.isDistinctExact === false || value?.distinct > fewDistinct
    return isEstimate ? { ...value, distinct: undefined, isDistinctExact: undefined } : value
  })
  return JSON.parse(text)
}

async function exportedRows({ folder }: TestProject, path: string, format: string): Promise<unknown> {
  const layout = layoutOf(folder)
  const engine = await openEmbedded(layout, await loadSettings(layout.settings))
  const rows = await writtenRows(engine, path, format)
  engine.close()
  return rows
}

async function ask(project: TestProject, context: Context, question: Question, given: object): Promise<unknown> {
  if (question.name === 'report') return comparable(await collectReport(context))
  const writes = parametersOf(question).some(({ name }) => name === 'out')
  const out = join(project.folder, 'written', JSON.stringify(given).replaceAll(/\W+/g, '-'))
  const parameters = question.parameters.parse(writes ? { ...given, out } : given)
  const answer = await question.ask(context, parameters)
  return writes ? exportedRows(project, out, String(parameters.format ?? 'csv')) : comparable(answer)
}

/** Values that lead to every kind of statement, from the data. */
export async function samplesOf({ ask }: TestProject): Promise<Samples> {
  const rows = async (statement: string) =>
    (await ask<{ rows: Record<string, string>[] }>('query', statement)).rows.map((row) => String(Object.values(row)[0]))
  const titleOf = (condition: string) =>
    rows(
      `SELECT title_id FROM title WHERE ${condition} AND title_id IN (SELECT title_id FROM viewing) ORDER BY 1 LIMIT 1`,
    )
  const film = await titleOf("title_type = 'film'")
  const filmName = await rows(`SELECT name FROM title WHERE title_id = '${film[0]}'`)
  const episode = await titleOf('series_id IS NOT NULL')
  const season = await rows(`SELECT parent_id FROM title WHERE title_id = '${episode[0]}'`)
  const series = await rows(`SELECT series_id FROM title WHERE title_id = '${episode[0]}'`)
  const days = await rows(
    'SELECT CAST(CAST(min(started_at) AS DATE) + 1 AS VARCHAR) FROM viewing UNION ALL SELECT CAST(CAST(max(started_at) AS DATE) - 1 AS VARCHAR) FROM viewing',
  )
  const kept = await ask<{ entries: { file: string; line: number; reasons: { rule: string }[] }[] }>(
    'quarantine',
    'list',
  )
  const first = (column: string, table: string) =>
    rows(`SELECT ${column} FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`)
  const viewers = await rows('SELECT viewer_id FROM viewing GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1')
  const commented = await rows('SELECT title_id FROM timed_comment GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1')
  const reviewed = await rows('SELECT title_id FROM review GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1')
  const cast = await rows(
    `SELECT person FROM credit c JOIN title t ON c.title_id IN (t.title_id, t.series_id, t.parent_id) WHERE t.title_id = '${reviewed[0]}' ORDER BY 1 LIMIT 1`,
  )
  const works = await rows(
    'SELECT DISTINCT coalesce(t.series_id, t.title_id) FROM viewing v JOIN title t USING (title_id) ORDER BY 1 LIMIT 2',
  )
  const work = `#${works[0]}`
  return {
    viewer: [`#${viewers[0]}`, 'u1'],
    'recommend for source': ['aurora'],
    'recommend because source': [undefined],
    'recommend because title': [work],
    'recommend similar title': [work],
    watched: [[work]],
    kind: [['film']],
    genre: [await first('genre', 'title_genre')],
    'recommend for region': [[]],
    'recommend similar region': [[]],
    'recommend batch region': [[]],
    // Too few plays for a finish probability; the statement that it is learned from is sent by every training.
    'recommend for by': ['score'],
    hour: [20],
    threads: [2],
    language: [[]],
    ageRating: [[]],
    availableOn: [[]],
    boost: [[`${work}=0.5`]],
    pin: [works.map((id) => `#${id}`)],
    diversity: [0.3],
    exploration: [0.2],
    seed: [4],
    from: days.slice(0, 1),
    to: days.slice(1),
    source: await first('source', 'viewing'),
    region: await first('region', 'viewing'),
    device: await first('device', 'viewing'),
    'audience order': ['reach'],
    'audience title': [`#${film[0]}`, ...filmName, `#${series[0]}`],
    'audience retention title': [...filmName, `#${episode[0]}`],
    'reviews check title': [`#${reviewed[0]}`],
    'reviews check source': await first('source', 'review'),
    'scenes title': [`#${commented[0]}`, `#${series[0]}`],
    'aspects title': [`#${reviewed[0]}`, `#${series[0]}`, `#${season[0]}`, `#${episode[0]}`],
    'aspects episode': [1],
    'aspects source': await first('source', 'review'),
    'aspects least': [5],
    years: [20],
    titles: [5],
    quotes: [1],
    'keywords title': [`#${commented[0]}`, `#${reviewed[0]}`],
    'keywords genre': await first('genre', 'title_genre'),
    'keywords source': await first('source', 'review'),
    'keywords episode': [1],
    'characters title': [`#${reviewed[0]}`, `#${commented[0]}`],
    'characters source': await first('source', 'review'),
    'characters episode': [1],
    'characters alias': [[`music=${cast[0]}`]],
    'characters reject': [['Rue']],
    leastViewers: [2],
    season: [1],
    'scenes episode': [1],
    'scenes source': await first('source', 'timed_comment'),
    falseDiscoveries: [0.2],
    'drivers title': [`#${reviewed[0]}`],
    'suggest title': [`#${reviewed[0]}`, `#${series[0]}`],
    leastReviews: [10],
    leastMentions: [2],
    'hot charts source': await first('source', 'panel_rating'),
    measure: await first('measure', 'panel_rating'),
    category: ['film'],
    period: await first('period', 'panel_rating'),
    universe: [1_000_000],
    reachMinutes: [3],
    completionShare: [0.5],
    halfLifeDays: [2],
    periodDays: [2],
    periods: [3],
    limit: [3],
    least: [2],
    accept: [undefined],
    reject: [undefined],
    merge: [undefined],
    out: [undefined],
    file: kept.entries.slice(0, 1).map(({ file }) => file),
    line: kept.entries.slice(0, 1).map(({ line }) => line),
    rule: kept.entries.slice(0, 1).map(({ reasons }) => reasons[0]?.rule),
    sql: [
      'SELECT source, count(*) AS plays, sum(watched_seconds) AS seconds FROM viewing GROUP BY source ORDER BY source',
      'SELECT t.name, count(DISTINCT v.viewer_id) AS viewers FROM viewing v JOIN title t USING (title_id) GROUP BY 1 ORDER BY 2 DESC, 1',
    ],
  }
}

/** Asks both projects `question` in all ways; gives where their answers differ. */
export async function askBoth(
  { embedded, distributed }: Twins,
  question: Question,
  samples: Samples,
): Promise<string[]> {
  const ways = waysToAsk(question, samples)
  const [left, right] = await Promise.all([askAll(embedded, question, ways), askAll(distributed, question, ways)])
  return ways.flatMap((way, index) => differences(left[index], right[index], JSON.stringify(way)).slice(0, 3))
}

async function askAll(project: TestProject, question: Question, ways: readonly Given[]): Promise<unknown[]> {
  await mkdir(join(project.folder, 'written'), { recursive: true })
  const context = contextOf(project)
  try {
    const { engine } = await context.warehouse()
    return await mapAtOnce(ways, engine.concurrency, (given) => ask(project, context, question, given))
  } finally {
    await context.close()
  }
}
