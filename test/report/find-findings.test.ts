import { expect, test } from 'vitest'
import { findFindings } from '../../src/report/find-findings.ts'
import { emptyReport, richReport } from './fixture.ts'

const said = (texts: readonly { en: string }[]) => texts.map(({ en }) => en.replace(/[\u2068\u2069]/g, ''))

test('five sentences at the most besides those given, the last one about the data', () => {
  const found = said(findFindings({ ...richReport, findings: [] }))
  expect(found).toHaveLength(5)
  expect(found[0]).toMatch(/^“Harbour of Paper Lanterns” is the hottest title/)
  expect(found.at(-1)).toMatch(/^98\.\d% of the 5\.\d+M rows in 100 files could be used/)
})

test('without viewing logs ratings, charts and box office speak', () => {
  const audience = { hot: emptyReport.hot, audience: null, quality: null, findings: [] }
  expect(said(findFindings({ ...richReport, ...audience }))).toEqual([
    '“Harbour of Paper Lanterns” is rated best in “fans”: 9.1 on average of 9,000 ratings (adjusted for their number 9).',
    '“Harbour of Paper Lanterns” leads “Weekly top ten”: hours viewed 44M, 2026-02-16/2026-02-22.',
    '“第七号气象站：暴风雪来临之前的最后一封电报与没有寄出的回信” leads “省级卫视收视榜”: rating, % 2.13, 2026-W08.',
    expect.stringMatching(/grossed most of 120 films: .* USD\.$/),
  ])
})

test('nothing measured, nothing said', () => {
  expect(findFindings(emptyReport)).toEqual([])
})
