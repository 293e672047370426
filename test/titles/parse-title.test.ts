import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTitle } from '../../src/titles/parse-title.ts'

describe('parseTitle', () => {
  it.each([
    ['1917', '1917'],
    ['2012 (2009)', '2012'],
    ['Se7en', 'se7en'],
    ['300', '300'],
    ['9', '9'],
    ['21 Jump Street', '21 jump street'],
    ["Ocean's Eleven", 'oceans eleven'],
    ['Blade Runner 2049', 'blade runner 2049'],
    ['Rocky', 'rocky'],
    ['Rocky II', 'rocky 2'],
    ['Rocky: Part 2', 'rocky 2'],
    ['2 Fast 2 Furious', '2 fast 2 furious'],
    ['V for Vendetta', 'v for vendetta'],
    ['Fantasia 2000', 'fantasia 2000'],
    ['Leonard Part 6', 'leonard 6'],
    ['Matrix, The (1999)', 'matrix'],
    ['ＭＡＴＲＩＸ（１９９９）', 'matrix'],
    ['Misérables, Les', 'les miserables'],
    ['Lilo & Stitch', 'lilo and stitch'],
    ['S.W.A.T.', 'swat'],
    ['戰狼Ⅱ', '战狼 2'],
    ['战狼二', '战狼 2'],
    ['唐人街探案第二部', '唐人街探案 2'],
    ['《霸王别姬》', '霸王别姬'],
    ['Kill Bill: Vol. 1', 'kill bill 1'],
    ['Movie - Part One', 'movie 1'],
    ['红海行动(下)', '红海行动 2'],
    ['第九区', '第九区'],
    ['!!!', '!!!'],
  ])('%s is keyed %s', (raw, key) => expect(parseTitle(raw).coreKey).toBe(key))

  it.each([
    ['Show S01E02', 'Show', 1, 2, null],
    ['Show 1x02', 'Show', 1, 2, null],
    ['Show: Season 1: Episode 2', 'Show', 1, 2, null],
    ['Show: Season 1: The Name', 'Show', 1, null, 'The Name'],
    ['Show: Limited Series', 'Show', 1, null, null],
    ['Show: Season 4: Part B', 'Show', 4, null, null],
    ['Show 2nd Season', 'Show', 2, null, null],
    ['庆余年 第一季第2集', '庆余年', 1, 2, null],
    ['慶餘年第2集', '慶餘年', null, 2, null],
    ['歌手 第十二期', '歌手', null, 12, null],
    ['【会员版】庆余年 EP03', '庆余年', null, 3, null],
    ['奔跑吧20230506期', '奔跑吧', null, 20230506, null],
    ['Star Wars: Episode IV', 'Star Wars: Episode IV', null, null, null],
    ['Series 7: The Contenders', 'Series 7: The Contenders', null, null, null],
  ])('%s is of %s, season %s, episode %s', (raw, core, season, episode, episodeName) =>
    expect(parseTitle(raw)).toMatchObject({ core, season, episode, episodeName }),
  )

  it('reads the two halves of an episode apart', () => {
    expect(parseTitle('奔跑吧 第3期上').part).toBe(1)
    expect(parseTitle('奔跑吧 第3期(下)')).toMatchObject({ episode: 3, part: 2 })
  })

  it('takes years only from brackets', () => {
    expect(parseTitle('Blade Runner 2049 (2017)').year).toBe(2017)
    expect(parseTitle('Wonder Woman 1984').year).toBeNull()
    expect(parseTitle('Battlestar Galactica (2003–2009)')).toMatchObject({ year: 2003, hint: 'series' })
    expect(parseTitle('(500) Days of Summer')).toMatchObject({ year: null, coreKey: '500 days of summer' })
  })

  it('never finds episodes in a film, and finds the seasons of a series that calls them parts', () => {
    expect(parseTitle('Nine S01E02', 'film').episode).toBeNull()
    expect(parseTitle('Money Heist: Part 2', 'season')).toMatchObject({ core: 'Money Heist', season: 2 })
  })

  it('reads any text without failing and gives a key to whatever is not blank', () => {
    const piece = fc.constantFrom('第', '季', '集', 'S01', 'E2', '(', ')', '2010', 'Part', 'II', '上', ': ', ' ', 'The')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(piece).map((all) => all.join('')),
        ),
        (raw) => {
          if (raw.normalize('NFKC').trim() !== '') expect(parseTitle(`x${raw}`).coreKey).not.toBe('')
        },
      ),
    )
  })
})
