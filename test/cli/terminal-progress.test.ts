import { expect, test } from 'vitest'
import { terminalProgress } from '../../src/cli/terminal-progress.ts'

const step = { en: 'Reading plays.csv', zh: '读取 plays.csv' }

function follow(isTTY: boolean) {
  let written = ''
  let now = 0
  const progress = terminalProgress({ isTTY, write: (text: string) => (written += text) }, 'en', () => now)
  progress.step(step)
  now = 2000
  progress.rows(50_000, 200_000)
  now = 2050
  progress.rows(51_000, 200_000)
  now = 8000
  progress.done()
  return written
}

test('a terminal sees one line with rows, rate and time left, redrawn at most ten times a second', () => {
  const drawn = follow(true).split('\r\u001b[K')
  expect(drawn).toEqual([
    '',
    '… Reading plays.csv',
    '… Reading plays.csv  50K / 200K  25K/s  6 s left',
    '✓ Reading plays.csv  8.0 s\n',
  ])
})

test('a name that is too long for the terminal loses its middle, so that the line can be redrawn', () => {
  let written = ''
  const stream = { isTTY: true, columns: 30, write: (text: string) => (written += text) }
  const progress = terminalProgress(stream, 'en', () => 0)
  progress.step({ en: 'Reading ../../deliveries/2025/plays-12.csv', zh: '' })
  progress.done()
  const [, begun = '', ended = ''] = written.split('\r\u001b[K')
  expect(begun).toHaveLength(29)
  expect(begun).toMatch(/^… Reading .*…\S*plays-12\.csv$/)
  expect(ended).toMatch(/plays-12\.csv {2}0\.0 s\n$/)
})

test('a file gets one plain line a step', () => {
  expect(follow(false)).toBe('Reading plays.csv\n')
})
