import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchTitles } from '../../src/titles/match-titles.ts'
import { type TitleDecision, type TitleReference, titleHandle } from '../../src/titles/title.ts'
import { reference } from './reference.ts'

const thresholds = { accept: 0.92, review: 0.75 }
const match = (references: readonly TitleReference[], decisions: readonly TitleDecision[] = []) =>
  matchTitles(references, decisions, thresholds)
const groupsOf = (references: readonly TitleReference[], decisions: readonly TitleDecision[] = []): string[] =>
  match(references, decisions)
    .titles.filter((title) => title.members.length > 0)
    .map((title) => title.members.join(' '))
    .sort()
const film = (key: string, name: string, year: number | null, values: Partial<TitleReference> = {}) =>
  reference(key, { name, year, ...values })

describe('joining', () => {
  it('joins spellings across sources and says how', () => {
    const { titles, aliases } = match([
      film('cat/1', 'Matrix, The', 1999, { externalId: '1', isCatalogue: true, type: 'film' }),
      film('cat/2', 'The Matrix', null, { source: 'cat', idSpace: 'cat', externalId: '1' }),
      film('tv/1', 'THE MATRIX (1999)', null),
      film('web/1', 'Crimsom Lantern', 1999),
      film('log/1', 'The Crimson Lantern', 1999),
    ])
    expect(titles.map((title) => title.members.join(' ')).sort()).toEqual(['cat/1 cat/2 tv/1', 'log/1 web/1'])
    const methods = Object.fromEntries(aliases.map((alias) => [alias.referenceKey, alias.method]))
    expect(methods).toEqual({ 'cat/1': 'new', 'cat/2': 'id', 'tv/1': 'exact', 'log/1': 'new', 'web/1': 'scored' })
    expect(titles.find((title) => title.members.includes('cat/1'))).toMatchObject({
      name: 'The Matrix',
      type: 'film',
      year: 1999,
      isCatalogued: true,
    })
  })

  it.each([
    ['remakes', film('a/1', 'Carrie', 1976), film('b/1', 'Carrie', 2013)],
    ['sequels', film('a/1', 'Rocky II', 1979), film('b/1', 'Rocky', 1979)],
    [
      'a film and a series',
      film('a/1', 'Fargo', null, { type: 'film' }),
      film('b/1', 'Fargo', null, { type: 'series' }),
    ],
    [
      'entries of one catalogue',
      film('a/1', 'Cats', 2019, { isCatalogue: true }),
      film('a/2', 'Cats', 2020, { isCatalogue: true }),
    ],
    [
      'ids of one space',
      film('a/1', 'Cats', 2019, { externalId: '1' }),
      film('a/2', 'Cats', 2019, { externalId: '2' }),
    ],
    ['nine and 9', film('a/1', 'Nine', 2009), film('b/1', '9', 2009)],
  ])('keeps %s apart', (_, left, right) => expect(groupsOf([left, right])).toHaveLength(2))

  it('finds a film by its original name and its traditional spelling', () => {
    const entry = film('cat/1', '霸王别姬', 1993, { originalName: 'Farewell My Concubine', isCatalogue: true })
    expect(
      groupsOf([entry, film('tv/1', '《霸王別姬》', null), film('web/1', 'Farewell my concubine', null)]),
    ).toHaveLength(1)
  })

  it('leaves a name open that two works share', () => {
    const references = [film('a/1', 'Carrie', 1976), film('b/1', 'Carrie', 2013), film('c/1', 'Carrie', null)]
    const result = match(references)
    expect(result.titles).toHaveLength(3)
    expect(result.uncertain.map((pair) => [pair.left, pair.right])).toEqual([
      ['a:Carrie (1976)', 'c:Carrie'],
      ['b:Carrie (2013)', 'c:Carrie'],
    ])
    expect(result.uncertain[0]?.reasons[0]?.en).toBe('More than one work fits equally well.')
  })

  it('says which title an id stands for', () => {
    const references = [
      film('a/1', 'Carrie', 1976, { externalId: 'F1' }),
      film('b/1', 'Carrie', 2013),
      film('c/1', 'Carrie', null),
    ]
    const [pair] = match(references).uncertain
    expect(pair).toMatchObject({ left: 'a#F1', reasons: [{ en: 'a#F1 is “Carrie” (1976).' }, {}, {}, {}] })
  })

  it('favours the work whose people are the same', () => {
    const people = ['Kimberly Peirce', 'Chloë Grace Moretz']
    const references = [
      film('a/1', 'Carrie', 1976, { people: ['Brian De Palma', 'Sissy Spacek'] }),
      film('b/1', 'Carrie', 2013, { people }),
      film('c/1', 'Carrie', null, { people: ['Chloe Grace Moretz', 'Peirce, Kimberly'] }),
    ]
    expect(groupsOf(references)).toEqual(['a/1', 'b/1 c/1'])
  })

  it('never chains years', () => {
    const references = [film('a/1', 'Cats', 2010), film('b/1', 'Cats', 2011), film('c/1', 'Cats', 2012)]
    for (const title of match(references).titles) expect(title.members.length).toBeLessThan(3)
  })

  it('refuses a reference that names nothing', () => {
    expect(() => match([reference('a/1')])).toThrow(expect.objectContaining({ code: 'title-reference-empty' }))
  })
})

describe('decisions', () => {
  const [old, recent, open] = [film('a/1', 'Carrie', 1976), film('b/1', 'Carrie', 2013), film('c/1', 'Carrie', null)]
  const decide = (action: TitleDecision['action'], left: TitleReference, right: TitleReference): TitleDecision => ({
    action,
    left: titleHandle(left),
    right: right.key,
  })

  it('accepts, rejects and merges', () => {
    expect(groupsOf([old, recent, open], [decide('accept', open, recent)])).toEqual(['a/1', 'b/1 c/1'])
    expect(groupsOf([old, open], [decide('reject', open, old)])).toEqual(['a/1', 'c/1'])
    expect(groupsOf([old, recent], [decide('merge', old, recent)])).toEqual(['a/1 b/1'])
  })

  it('says what it cannot do', () => {
    const accept = match([old, recent], [decide('accept', old, recent)])
    expect(accept.titles).toHaveLength(2)
    expect(accept.warnings[0]?.en).toContain('`merge` joins them even so')
    expect(match([old], [decide('accept', old, recent)]).warnings[0]?.en).toContain('no source names such a title')
    const both = match([old, open], [decide('merge', old, open), decide('reject', old, open)])
    expect(both.warnings[0]?.en).toContain('another decision keeps them apart')
  })
})

describe('series', () => {
  it('puts episodes of all sources under one series and season', () => {
    const { titles } = match([
      reference('cat/1', { name: '庆余年', type: 'series', year: 2019, isCatalogue: true, externalId: '1' }),
      reference('web/1', { name: '慶餘年 第一季第2集' }),
      reference('tv/1', { name: '庆余年(TV版)', season: 1, episode: 2, year: 2020 }),
      reference('app/1', { name: '庆余年第2集' }),
      reference('app/2', { name: '庆余年 EP03' }),
    ])
    const [series, season] = ['series', 'season'].map((type) => titles.find((title) => title.type === type))
    const episodes = titles
      .filter((title) => title.type === 'episode')
      .sort((a, b) => (a.episode ?? 0) - (b.episode ?? 0))
    expect(titles).toHaveLength(4)
    expect(series).toMatchObject({ name: '庆余年', members: ['cat/1'], parentId: null, seriesId: null, year: 2019 })
    expect(season).toMatchObject({ season: 1, members: [], parentId: series?.titleId, seriesId: series?.titleId })
    expect(episodes.map((title) => title.members)).toEqual([['app/1', 'tv/1', 'web/1'], ['app/2']])
    expect(episodes[0]).toMatchObject({ parentId: season?.titleId, seriesId: series?.titleId, season: 1, episode: 2 })
  })

  it('joins an episode by name with the same one by number', () => {
    const { titles } = match([
      reference('cat/1', {
        name: 'Pilot',
        series: 'Show',
        season: 1,
        episode: 1,
        type: 'episode',
        isCatalogue: true,
        externalId: 'e1',
      }),
      reference('cat/2', { externalId: 'e1', source: 'cat', idSpace: 'cat' }),
      reference('web/1', { name: 'Show: Season 1: Pilot' }),
      reference('web/2', { name: 'Show: Season 1: Finale' }),
    ])
    const members = titles.filter((title) => title.type === 'episode').map((title) => title.members.join(' '))
    expect(members.sort()).toEqual(['cat/1 cat/2 web/1', 'web/2'])
  })

  it('takes an id that several episodes share for the id of the series', () => {
    const episode = (key: string, number: number) =>
      reference(key, { source: 'web', idSpace: 'web', externalId: '7', name: 'Show', season: 1, episode: number })
    const { titles } = match([episode('web/1', 1), episode('web/2', 2)])
    expect(titles.map((title) => title.type).sort()).toEqual(['episode', 'episode', 'season', 'series'])
  })

  it('keeps two ids of one episode and an unknown season among several apart', () => {
    const { titles } = match([
      reference('a/1', { name: 'Show S01E01', externalId: '1' }),
      reference('a/2', { name: 'Show S01E01', externalId: '2' }),
      reference('b/1', { name: 'Show S02E01' }),
      reference('c/1', { name: 'Show Episode 1' }),
    ])
    expect(titles.filter((title) => title.type === 'episode')).toHaveLength(4)
    const loose = titles.find((title) => title.members.includes('c/1'))
    expect(loose).toMatchObject({ season: null, episode: 1 })
    expect(loose?.parentId).toBe(loose?.seriesId)
  })
})

describe('any input', () => {
  const name = fc.constantFrom(
    'Carrie',
    'The Carrie',
    'Carrie II',
    'Carrie S01E02',
    'Carrie (1976)',
    '霸王别姬',
    '霸王別姬',
    'Crimson Lantern',
    'Crimsom Lantern',
    'Carrie: Season 1: Pilot',
  )
  const values = fc.record({
    source: fc.constantFrom('a', 'b', 'c'),
    name,
    year: fc.option(fc.constantFrom(1976, 1977, 1978, 2013)),
    externalId: fc.option(fc.constantFrom('1', '2', '3')),
    isCatalogue: fc.boolean(),
    type: fc.constantFrom('film' as const, 'series' as const, 'unknown' as const, 'programme' as const),
    rows: fc.integer({ min: 1, max: 3 }),
  })
  const input = fc
    .array(values, { maxLength: 14 })
    .map((all) => all.map((item, index) => reference(`r${index}`, { ...item, idSpace: item.source })))

  it('gives the same result in every order', () => {
    fc.assert(
      fc.property(
        input.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(match(shuffled)).toEqual(match(all))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('never joins different ids of one space, and every parent is a series or a season', () => {
    fc.assert(
      fc.property(input, (all) => {
        const { titles, aliases } = match(all)
        const byId = new Map(titles.map((title) => [title.titleId, title]))
        expect(byId.size).toBe(titles.length)
        expect(aliases).toHaveLength(all.length)
        const byKey = new Map(all.map((item) => [item.key, item]))
        for (const title of titles) {
          if (title.parentId !== null) expect(['series', 'season']).toContain(byId.get(title.parentId)?.type)
          const ids = new Map<string, string>()
          for (const item of title.members.flatMap((key) => byKey.get(key) ?? [])) {
            if (item.externalId === null) continue
            expect(ids.get(item.idSpace) ?? item.externalId).toBe(item.externalId)
            ids.set(item.idSpace, item.externalId)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
