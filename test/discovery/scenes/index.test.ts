import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scenes } from '../../../src/discovery/scenes/index.ts'
import { Random } from '../../../src/kernels/random.ts'
import { demoSettings, simulate } from '../../../src/simulate/index.ts'
import type { Warehouse } from '../../../src/warehouse/warehouse.ts'
import { readCsv } from '../../simulate/read-raw.ts'
import { makeProject } from '../../support/project.ts'
import { contextOf, openWarehouse, type TableRows } from '../../support/warehouse.ts'

const runtime = 3600
const chat = ['love the music', 'slow start', 'great acting', 'who is that', 'first time here']

/** Comments by chance, with many from `start` to `end` that cry for somebody. */
function commentsOn(title: number, start: number, end: number, seed: number) {
  const random = new Random(seed)
  const comment = (position: number, text: string) => ({
    title_id: title,
    viewer_id: random.integer(4000),
    position_seconds: position,
    text,
    source: 'chat',
  })
  const usual = Array.from({ length: 1200 }, () => comment(random.uniform() * runtime, chat[random.integer(5)] ?? ''))
  const burst = Array.from({ length: 90 }, () =>
    comment(start + random.uniform() * (end - start), random.uniform() < 0.5 ? 'Mara wins!' : 'MARA 🎉'),
  )
  return [...usual, ...burst]
}

const skipped = { start: 600, end: 690 }
const again = { start: 1500, end: 1560 }
const left = 2400

/** Plays with positions: most go through, 300 jump over a place, 200 go back to one, 200 leave at one; others do so anywhere. */
function playsOf(title: number) {
  const random = new Random(3)
  const play = (viewer: number, start: number, end: number, more = {}) => ({
    title_id: title,
    viewer_id: viewer,
    watched_seconds: end - start,
    position_start_seconds: start,
    position_end_seconds: end,
    source: 'app',
    ...more,
  })
  return Array.from({ length: 2000 }, (_, viewer) => {
    const place = random.uniform() * (runtime - 400) + 100
    const length = 20 + random.uniform() * 60
    if (viewer < 300) return [play(viewer, 0, skipped.start), play(viewer, skipped.end, runtime)]
    if (viewer < 500) return [play(viewer, 0, runtime), play(viewer, again.start, again.end)]
    if (viewer < 700) return [play(viewer, 0, left + random.uniform() * 10)]
    if (viewer < 1100) return [play(viewer, 0, place), play(viewer, place + length, runtime)]
    if (viewer < 1500) return [play(viewer, 0, runtime), play(viewer, place, place + length)]
    const end = viewer < 1900 ? place : runtime
    return [play(viewer, 0, end), play(viewer, 1000, 1030, { is_advertising: true })]
  }).flat()
}

const rows: TableRows = {
  title: [
    { title_id: 1, name: 'Night Ferry', title_type: 'series' },
    {
      title_id: 2,
      name: 'Night Ferry S1E1',
      title_type: 'episode',
      series_id: 1,
      season: 1,
      episode: 1,
      runtime_seconds: runtime,
    },
    {
      title_id: 3,
      name: 'Night Ferry S1E2',
      title_type: 'episode',
      series_id: 1,
      season: 1,
      episode: 2,
      runtime_seconds: runtime,
    },
    { title_id: 4, name: 'Quiet', title_type: 'film' },
    { title_id: 5, name: 'Unseen', title_type: 'film' },
  ],
  timed_comment: [
    ...commentsOn(2, 900, 930, 1),
    ...commentsOn(3, 2000, 2045, 2),
    { title_id: 4, viewer_id: 1, position_seconds: 5, text: 'hm', source: 'chat' },
    { title_id: 4, viewer_id: 1, position_seconds: 1e9, text: 'hm', source: 'chat' },
  ],
  viewing: [
    ...playsOf(2),
    { title_id: 4, viewer_id: 1, watched_seconds: 60, source: 'app' },
    {
      title_id: 4,
      viewer_id: 2,
      watched_seconds: 60,
      position_start_seconds: 0,
      position_end_seconds: 60,
      source: 'app',
    },
  ],
  scene: [
    { title_id: 3, start_seconds: 1900, end_seconds: 2000, location: 'Quay', characters: 'Bo' },
    {
      title_id: 3,
      start_seconds: 2000,
      end_seconds: 2100,
      location: 'Deck',
      characters: 'Mara|Bo',
      description: 'The race.',
    },
  ],
}

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse(rows)
})
afterAll(() => warehouse.engine.close())
const ask = async (parameters: Record<string, unknown>) =>
  scenes.result.parse(await scenes.ask(contextOf(warehouse), scenes.parameters.parse(parameters)))

test('a burst of comments is found with its words, its scene and its viewers', async () => {
  const { rows: found, comments, minutes, notes } = await ask({ title: 'Night Ferry S1E2', kind: ['comments'] })
  expect(comments).toBe(1290)
  expect(minutes).toHaveLength(60)
  expect(minutes.reduce((sum, minute) => sum + minute.comments, 0)).toBe(1290)
  expect(minutes.every(({ viewers }) => viewers === null)).toBe(true)
  expect(found).toHaveLength(1)
  const [burst] = found
  expect(burst).toMatchObject({
    title: 'Night Ferry S1E2',
    kind: 'comments',
    scene: { location: 'Deck', characters: ['Mara', 'Bo'], description: 'The race.' },
  })
  expect(Math.abs((burst?.startSeconds ?? 0) - 2000)).toBeLessThan(10)
  expect(Math.abs((burst?.endSeconds ?? 0) - 2045)).toBeLessThan(10)
  expect(burst?.place).toMatch(/^0:33:[12]\d–0:34:\d\d$/)
  expect(burst?.words.map(({ word }) => word)).toEqual(expect.arrayContaining(['Mara', 'wins']))
  expect(burst?.words.map(({ word }) => word)).not.toContain('music')
  expect(burst?.comments).toBeGreaterThanOrEqual(burst?.viewers ?? 0)
  expect(burst?.strengthLow).toBeGreaterThan(1.5)
  expect(burst?.qValue).toBeLessThan(1e-6)
  expect(notes.map(({ en }) => en).join()).toContain('not counted per viewer')
})

test('what is skipped, watched again and where viewers leave is found in positions, without advertising', async () => {
  const { rows: found, viewers, minutes, notes } = await ask({ title: 'Night Ferry', episode: 1, by: 'place' })
  expect(viewers).toBe(2000)
  expect(minutes[0]).toMatchObject({ minute: 0, viewers: 2000 })
  expect(found.map(({ kind }) => kind)).toEqual(['skips', 'comments', 'replays', 'drop-offs'])
  const [skip, , replay, drop] = found
  const near = (place: number | undefined, seconds: number) => expect(Math.abs((place ?? 0) - seconds)).toBeLessThan(20)
  near(replay?.startSeconds, again.start)
  near(replay?.endSeconds, again.end)
  near(skip?.startSeconds, skipped.start)
  near(skip?.endSeconds, skipped.end)
  near(drop?.startSeconds, left)
  expect(replay?.viewers).toBeGreaterThanOrEqual(200)
  expect(skip?.viewers).toBeGreaterThanOrEqual(300)
  expect(drop?.viewers).toBeGreaterThanOrEqual(200)
  expect([replay?.comments, replay?.words]).toEqual([null, []])
  expect(notes).toEqual([])
})

test('a series is all its episodes, of which season and episode choose', async () => {
  const all = await ask({ title: 'Night Ferry', kind: ['comments'] })
  expect(all.minutes).toEqual([])
  expect(all.rows.map(({ title }) => title).sort()).toEqual(['Night Ferry S1E1', 'Night Ferry S1E2'])
  const second = await ask({ title: 'Night Ferry', kind: ['comments'], season: 1, episode: 2 })
  expect(second.rows.map(({ title }) => title)).toEqual(['Night Ferry S1E2'])
  const first = await ask({ title: 'Night Ferry', kind: ['comments'], limit: 1 })
  expect(first.rows).toEqual(all.rows.slice(0, 1))
  expect(first.notes.at(-1)?.en).toBe('The strongest 1 of 2 moments. --limit 2 shows all.')
  await expect(ask({ title: 'Night Ferry', season: 2, episode: 1 })).rejects.toMatchObject({
    code: 'unknown-episode',
    value: 'S2E1',
    advice: { en: 'There are: S1E1–2.' },
  })
  await expect(ask({ title: 'Quiet', season: 1 })).rejects.toMatchObject({
    code: 'unknown-episode',
    advice: { zh: '该影片不分季与集：请去掉 --season 与 --episode。' },
  })
  await expect(ask({ title: 'Nihgt Ferry' })).rejects.toMatchObject({ code: 'unknown-title' })
})

test('what the data do not tell is said', async () => {
  const quiet = await ask({ title: 'Quiet' })
  expect(quiet).toMatchObject({ comments: 1, viewers: 1, rows: [] })
  expect(quiet.notes.map(({ en }) => en)).toEqual([
    expect.stringContaining('1 of 2 plays without a position'),
    expect.stringContaining('fewer than 100'),
    'No moment stands out from what is around it.',
  ])
  const unseen = await ask({ title: 'Unseen' })
  expect(unseen).toMatchObject({ comments: 0, viewers: 0, rows: [] })
  expect(unseen.notes.map(({ zh }) => zh)).toEqual(['没有弹幕。', '没有收视记录，无从得知重看、跳过与离开。'])
  const elsewhere = await ask({ title: 'Night Ferry', source: 'app', kind: ['comments'] })
  expect(elsewhere).toMatchObject({
    comments: 0,
    viewers: 2000,
    rows: [],
    notes: [{ en: 'There are no timed comments.' }, {}],
  })
})

test('a project with danmaku tells its moments', async () => {
  const project = await makeProject()
  try {
    const lines = commentsOn(1, 1200, 1230, 5).map(
      ({ viewer_id, position_seconds, text }) => `u${viewer_id},夜航,${position_seconds.toFixed(2)},${text}`,
    )
    await project.write('danmaku.csv', `用户,片名,秒,弹幕\n${lines.join('\n')}\n`)
    await project.settings({
      sources: [
        {
          name: '弹幕',
          kind: 'timed_comment',
          files: ['danmaku.csv'],
          columns: {
            viewer: { from: '用户' },
            title: { from: '片名' },
            position_seconds: { from: '秒', unit: 'seconds' },
            text: { from: '弹幕' },
          },
        },
      ],
    })
    await project.ask('build')
    const { rows: found } = await project.ask<{ rows: { startSeconds: number; words: { word: string }[] }[] }>(
      ...['scenes', '夜航'],
    )
    expect(found).toHaveLength(1)
    expect(Math.abs((found[0]?.startSeconds ?? 0) - 1200)).toBeLessThan(10)
    expect(found[0]?.words[0]?.word).toBe('Mara')
    const { out } = await project.run('scenes', '夜航', '--locale', 'zh-CN')
    expect(out).toContain('弹幕集中')
    expect(out).toContain('没有收视记录')
    await project.ask('report')
    const page = await readFile(join(project.folder, 'report.html'), 'utf8')
    expect(page).toContain('data-chart="moments-1"')
    expect(page).toContain('<bdi>Mara</bdi>')
  } finally {
    await project.remove()
  }
})

test('the moments that the simulator plants are found, and little else', { timeout: 120_000 }, async () => {
  const project = await makeProject()
  try {
    const raw = join(project.folder, 'raw')
    const summary = await simulate({ viewers: 1500, days: 5, seed: 11, out: raw, catalogue: 'invented' })
    await project.settings(demoSettings(summary, 'raw'))
    await project.ask('build')
    const most = await project.ask<{ rows: { title_id: string; name: string }[] }>(
      'query',
      'SELECT t.title_id, t.name FROM timed_comment c JOIN title t USING (title_id) GROUP BY ALL ORDER BY count(*) DESC LIMIT 1',
    )
    const [{ title_id: id = '', name = '' } = {}] = most.rows
    const answer = await project.ask<{
      rows: { startSeconds: number; endSeconds: number; words: { word: string }[] }[]
    }>('scenes', `#${id}`, '--kind', 'comments')
    const titles = readCsv(join(raw, 'catalogue/titles.csv'))
    const key = titles.find((row) => name.startsWith(row.title ?? '?') && row.title_type === 'series')?.title_id
    const planted = readCsv(join(raw, 'truth/moments.csv')).filter((row) => row.title === key)
    const places = planted.map((row) => [Number(row.start_seconds), Number(row.end_seconds)] as const)
    expect(places).toHaveLength(2)
    const isIn = ({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }) =>
      places.some(([start, end]) => startSeconds < end && start < endSeconds)
    expect(answer.rows.map(isIn)).toEqual([true, true])
    for (const { words } of answer.rows) expect(words.length).toBeGreaterThan(0)
  } finally {
    await project.remove()
  }
})
