import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filmTaxonomy } from '../../../src/reviews/aspects/film-taxonomy.ts'
import { OpinionFinder } from '../../../src/reviews/aspects/find-opinions.ts'
import { compileLexicon } from '../../../src/reviews/aspects/lexicon.ts'

const finder = new OpinionFinder(compileLexicon(filmTaxonomy))
const names = finder.names([
  { name: 'Ada Quill', aliases: ['Quill'], aspect: 'acting' },
  { name: '林小满', aspect: 'acting' },
  { name: 'Captain Rook', aliases: ['Rook'], aspect: 'characters' },
])

/** As in `acting+ story- ending0 acting@Ada Quill+`. */
const said = (text: string) =>
  finder
    .find(text, names)
    .map(({ aspect, target, opinion }) => {
      const sign = opinion > 0.1 ? '+' : opinion < -0.1 ? '-' : '0'
      return `${aspect}${target ? `@${target}` : ''}${sign}`
    })
    .join(' ')

describe('OpinionFinder', () => {
  it.each([
    ['a row of aspects', 'The acting, script and directing are superb.', 'acting+ script+ directing+'],
    ['contrast', 'The plot is clever but the ending is terrible.', 'story+ ending-'],
    ['contrast inside a clause', '剧情拖沓，演技却很在线', 'story- pace- acting+'],
    ['negation', 'The dialogue is not good.', 'script-'],
    ['negation of what is bad', '特效不差', 'visuals+'],
    ['negation joined', 'The jokes are neither funny nor moving.', 'script-'],
    ['a contrast that ends a negation', "The humor isn't for everyone but loved it.", 'script+'],
    ['what is missing', '没有剧情', 'story-'],
    ['a comparison', 'The acting is better than the plot.', 'acting+'],
    ['a comparison in Chinese', '画面比剧情好', 'visuals+'],
    ['a wish', 'The pacing could have been better.', 'pace-'],
    ['a question', 'Is the soundtrack good?', 'music0'],
    ['a condition', '如果演技好，我会去看。', 'acting0'],
    ['an adjective before its noun', 'Great film with terrible acting.', 'overall+ acting-'],
    ['a noun that is part of another', 'The acting in this film is superb.', 'acting+'],
    ['a person', "I loved Quill's performance.", 'acting@Ada Quill+'],
    ['a person in Chinese', '林小满的演技太棒了', 'acting@林小满+'],
    ['a character', 'Rook is annoying.', 'characters@Captain Rook-'],
    ['repeated letters and emoji', 'sooooo good 😍', 'overall+'],
    ['slang', '配乐yyds', 'music+'],
    ['traditional characters', '演員的演技非常精彩', 'acting+'],
    ['markup', 'The plot is dull.<br /><br />The music is lovely.', 'story- music+'],
    ['nothing', 'It was released in March.', ''],
    ['no text', '', ''],
  ])('finds %s', (_, text, expected) => expect(said(text)).toBe(expected))

  it('says where the clause is', () => {
    const text = 'I went on Friday. The music is lovely, but the sound is loud.'
    const clauses = finder.find(text).map(({ start, length }) => text.slice(start, start + length))
    expect(clauses).toEqual(['The music is lovely,', 'but the sound is loud.'])
  })

  it('stays within the text and the scale whatever the text is', () => {
    const words = fc.constantFrom(
      'not',
      'good',
      'plot',
      'but',
      '演技',
      '很',
      '差',
      '，',
      '?',
      '😍',
      '\ud800',
      '<br>',
      'x'.repeat(99),
    )
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        const text = parts.join(' ')
        for (const { start, length, opinion, clause } of finder.find(text, names)) {
          expect(start + length).toBeLessThanOrEqual(text.length)
          expect(Math.abs(opinion)).toBeLessThanOrEqual(1)
          expect(clause).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('takes a very long text', () => {
    const text = 'The plot is dull. '.repeat(10_000)
    expect(finder.find(text)).toHaveLength(10_000)
  })
})
