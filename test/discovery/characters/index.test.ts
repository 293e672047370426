import { afterAll, beforeAll, expect, test } from 'vitest'
import { characters } from '../../../src/discovery/characters/index.ts'
import type { Warehouse } from '../../../src/warehouse/warehouse.ts'
import { contextOf, openWarehouse, type TableRows } from '../../support/warehouse.ts'

let viewer = 0
/** Reviews by a new viewer each. */
const said = (count: number, text: string, more: Record<string, unknown> = {}) =>
  Array.from({ length: count }, () => ({
    ...{ title_id: 1, viewer_id: ++viewer, text, source: 'site', file: 'site.csv', line: viewer, rating: 5 },
    ...more,
  }))
/** What clauses of the review of `line` say of `target`. */
const judged = (line: number, target: string, ...opinions: readonly number[]) =>
  opinions.map((opinion, clause) => ({
    ...{ title_id: 1, source: 'site', file: 'site.csv', line, clause, aspect: 'acting', target, opinion },
  }))
const on = (day: string) => ({ reviewed_at: `${day} 10:00:00` })
const credit = (person: string, character: string | null, billing: number) => ({
  title_id: 1,
  person,
  character,
  role: 'actor',
  billing,
  source: 'guide',
})

const rows: TableRows = {
  title: [
    { title_id: 1, name: 'Night Ferry', title_type: 'series' },
    { title_id: 2, name: 'Night Ferry S1E1', title_type: 'episode', series_id: 1, season: 1, episode: 1 },
    { title_id: 3, name: 'Quiet', title_type: 'film' },
  ],
  credit: [
    credit('Ada Ashgrove', 'Captain Rue', 1),
    credit('Bo Bellwater', 'Old Shen', 2),
    credit('Cleo Ashgrove', 'May Winter', 3),
    credit('撒贝宁', '本人', 4),
    { title_id: 1, person: 'Dara Corrin', role: 'director', source: 'guide' },
  ],
  scene: [
    { title_id: 2, start_seconds: 0, end_seconds: 90, characters: 'Captain Rue|Stowaway' },
    { title_id: 2, start_seconds: 90, end_seconds: 100, characters: 'Old Shen' },
  ],
  review: [
    ...said(20, 'Captain Rue is wonderful', on('2025-03-01')),
    ...said(10, "I like Rue's hat and Old Shen", on('2025-04-10')),
    ...said(30, 'Ada Ashgrove cannot act', { rating: 1, ...on('2025-04-10') }),
    ...said(2, 'Ashgrove again'),
    ...said(2, 'Cleo and her sister: Ashgrove'),
    ...said(8, 'Long nights in the winter, a may be'),
    ...said(5, 'In the end May Winter wins, as Winter does'),
    ...said(12, '喜欢撒贝宁'),
    ...said(9, '喜欢撒老师'),
    ...said(9, '喜欢小撒'),
    // Foxy is what some call Old Shen.
    ...said(6, 'Foxy is wonderful and I like Foxy'),
    ...said(6, 'Old Shen (Foxy) is wonderful'),
    ...said(40, 'lovely music'),
    // One who says it often is one.
    ...Array.from({ length: 30 }, () => ({ title_id: 2, viewer_id: 1, text: 'Stowaway!', source: 'site' })),
  ],
  review_aspect: [
    ...Array.from({ length: 20 }, (_, i) => judged(i + 1, 'Captain Rue', i < 15 ? 0.8 : -0.8)).flat(),
    // Named without a judgement, judged twice, and hardly judged.
    ...judged(21, 'Captain Rue', 0),
    ...judged(22, 'Captain Rue', 1, 0, -0.2),
    ...judged(23, 'Captain Rue', 0.3, -0.2),
    ...Array.from({ length: 30 }, (_, i) => judged(i + 31, 'Ada Ashgrove', -0.9)).flat(),
    // As the entry of a source writes it, of another language too.
    ...judged(61, 'Cleo Ashgrove (克利奥)', 0.5),
  ],
  timed_comment: [{ title_id: 2, viewer_id: 90_000, text: 'rue!', position_seconds: 3, source: 'chat' }],
}

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse(rows)
})
afterAll(() => warehouse.engine.close())
const ask = async (parameters: Record<string, unknown>) =>
  characters.result.parse(await characters.ask(contextOf(warehouse), characters.parameters.parse(parameters)))

test('a character and who plays them are told apart, by viewers, with how they are called', async () => {
  const { rows: found, voices } = await ask({ title: 'Night Ferry' })
  const of = (name: string) => found.find((row) => row.name === name)
  expect(of('Captain Rue')).toMatchObject({
    kind: 'character',
    counterparts: ['Ada Ashgrove'],
    viewers: 31,
    judged: 21,
    favourable: 16 / 21,
  })
  expect(of('Captain Rue')?.names).toEqual([
    { name: 'Captain Rue', viewers: 20, is: 'full' },
    { name: 'Rue', viewers: 11, is: 'part' },
  ])
  expect(of('Ada Ashgrove')).toMatchObject({
    kind: 'person',
    counterparts: ['Captain Rue'],
    roles: ['actor'],
    viewers: 32,
    judged: 30,
    favourable: 0,
  })
  expect(of('Cleo Ashgrove')).toMatchObject({ judged: 1, favourable: 1 })
  expect(of('Old Shen')).toMatchObject({ judged: 0, favourable: null })
  expect(of('Stowaway')).toMatchObject({ kind: 'character', counterparts: [], viewers: 1, texts: 30, screenShare: 0.9 })
  expect(of('Captain Rue')?.voice).toBeCloseTo(31 / voices)
  expect(of('Captain Rue')?.voiceLow).toBeLessThan(31 / voices)
  expect((await ask({ title: 'Night Ferry', kind: ['person'] })).rows.every(({ kind }) => kind === 'person')).toBe(true)
})

test('a name that two have is the one’s whom the text names otherwise, else nobody’s', async () => {
  const { rows: found, ambiguous } = await ask({ title: 'Night Ferry' })
  expect(found.find(({ name }) => name === 'Cleo Ashgrove')?.names).toEqual([
    { name: 'Ashgrove', viewers: 2, is: 'part' },
    { name: 'Cleo', viewers: 2, is: 'part' },
  ])
  expect(ambiguous).toEqual([])
  expect(found.find(({ name }) => name === 'Ada Ashgrove')?.viewers).toBe(32)
})

test('a part of a name that is a usual word counts only where it is written as a name', async () => {
  const { rows: found, notes } = await ask({ title: 'Night Ferry' })
  expect(found.find(({ name }) => name === 'May Winter')?.viewers).toBe(5)
  expect(notes.map(({ en }) => en).join()).toContain('Winter')
})

test('nicknames are learned with their evidence, and can be rejected or given', async () => {
  const { nicknames, rows: found } = await ask({ title: 'Night Ferry' })
  expect(nicknames.map(({ nickname, name, evidence, counts }) => [nickname, name, evidence, counts])).toEqual([
    ['Foxy', 'Old Shen', 'beside', true],
    ['小撒', '撒贝宁', 'formed', true],
    ['撒老师', '撒贝宁', 'formed', true],
  ])
  expect(found.find(({ name }) => name === '撒贝宁')?.viewers).toBe(30)
  expect(found.find(({ name }) => name === 'Old Shen')?.viewers).toBe(22)
  const without = await ask({ title: 'Night Ferry', reject: ['Foxy', '小撒'], alias: ['music = Captain Rue'] })
  expect(without.nicknames.filter(({ counts }) => counts).map(({ nickname }) => nickname)).toEqual(['撒老师'])
  expect(without.rows.find(({ name }) => name === 'Old Shen')?.viewers).toBe(16)
  expect(without.rows.find(({ name }) => name === 'Captain Rue')?.viewers).toBe(71)
  await expect(ask({ title: 'Night Ferry', alias: ['Foxy'] })).rejects.toMatchObject({ code: 'alias-without-name' })
  await expect(ask({ title: 'Night Ferry', alias: ['Foxy=Captain Rule'] })).rejects.toMatchObject({
    code: 'unknown-name',
    advice: { en: 'Did you mean Captain Rue?' },
  })
})

test('who is named together, when, and what changed', async () => {
  const { pairs, periods, rows: found, now, before } = await ask({ title: 'Night Ferry', periodDays: 20 })
  expect(pairs[0]).toMatchObject({ left: 'Captain Rue', right: 'Old Shen', viewers: 10 })
  expect([now, before]).toEqual(['2025-03-22–2025-04-10', null])
  expect(periods.filter(({ name }) => name === 'Captain Rue')).toEqual([
    { period: '2025-02-24', name: 'Captain Rue', viewers: 20, voice: 1 },
    { period: '2025-04-07', name: 'Captain Rue', viewers: 10, voice: 0.25 },
  ])
  expect(found[0]?.times).toBeNull()
  const wide = await ask({ title: 'Night Ferry', periodDays: 25 })
  const rue = wide.rows.find(({ name }) => name === 'Captain Rue')
  expect(wide.before).toBe('2025-02-20–2025-03-16')
  expect(rue?.times).toBeLessThan(0.1)
  expect(rue?.qValue).toBeLessThan(0.01)
  const april = await ask({ title: 'Night Ferry', from: '2025-04-01', to: '2025-04-30' })
  expect(april.rows.find(({ name }) => name === 'Captain Rue')?.viewers).toBe(10)
})

test('episodes, kinds of text and sentiments are chosen; what the data do not tell is said', async () => {
  expect((await ask({ title: 'Night Ferry', season: 1, episode: 1 })).rows.map(({ name }) => name)).toEqual([
    'Captain Rue',
    'Stowaway',
  ])
  expect((await ask({ title: 'Night Ferry', texts: ['comments'] })).rows.map(({ name }) => name)).toEqual([
    'Captain Rue',
  ])
  const bad = await ask({ title: 'Night Ferry', sentiment: 'unfavourable' })
  expect(bad.rows.map(({ name }) => name)).toEqual(['Ada Ashgrove'])
  const quiet = await ask({ title: 'Quiet' })
  expect(quiet).toMatchObject({ viewers: 0, voices: 0, favourable: null, rows: [] })
  expect(quiet.notes[0]?.zh).toContain('没有演职员表')
  const untold = await ask({ title: 'Night Ferry', source: 'chat' })
  expect(untold.notes.map(({ en }) => en)).toEqual([
    expect.stringContaining('No review judges anybody'),
    expect.stringContaining('No text says when'),
  ])
})
