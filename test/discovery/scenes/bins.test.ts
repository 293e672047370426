import { expect, test } from 'vitest'
import { type CommentRow, eventsOf, titleBins, type ViewingRow } from '../../../src/discovery/scenes/bins.ts'
import { commentBins, viewingBins } from '../../../src/discovery/scenes/query.ts'
import { openWarehouse, type TableRows } from '../../support/warehouse.ts'

async function binsOf(rows: TableRows, runtimeSeconds: number | null = null) {
  const { engine } = await openWarehouse({ title: [{ title_id: 1, name: 'Dusk' }], ...rows })
  try {
    const filter = { titleId: '1' }
    const comments = await engine.query<CommentRow>(commentBins(filter))
    return titleBins(comments, await engine.query<ViewingRow>(viewingBins(filter)), runtimeSeconds)
  } finally {
    engine.close()
  }
}

const play = (viewer: number, from: number, to: number) => ({
  title_id: 1,
  viewer_id: viewer,
  watched_seconds: to - from,
  position_start_seconds: from,
  position_end_seconds: to,
})

test('each viewer counts once in a bin: there, there again, past it, or gone', async () => {
  const bins = await binsOf({
    viewing: [
      // Goes on where it stopped, to the nearest five seconds.
      ...[play(1, 0, 12), play(1, 11, 30)],
      // Watches 10 to 20 three times.
      ...[play(2, 0, 30), play(2, 10, 20), play(2, 10, 20)],
      // Jumps from 5 to 20.
      ...[play(3, 0, 5), play(3, 20, 25)],
      play(4, 15, 15.4),
    ],
  })
  expect(bins.viewers).toBe(3)
  expect([...bins.present]).toEqual([3, 2, 2, 2, 3, 2, 0])
  expect([...bins.again]).toEqual([0, 0, 1, 1, 0, 0, 0])
  expect([...bins.skipping]).toEqual([0, 1, 1, 1, 0, 0, 0])
  expect([...bins.stops]).toEqual([0, 0, 0, 0, 0, 1, 2])
})

test('a viewer who comments again and again counts once in a bin, and nobody knows who sends without a name', async () => {
  const comment = (position_seconds: number, viewer_id: number | null) => ({
    title_id: 1,
    position_seconds,
    viewer_id,
    text: 'ha',
  })
  const bins = await binsOf({
    timed_comment: [
      ...[comment(0, 7), comment(4.9, 7), comment(4.9, 8), comment(3, null), comment(3, null)],
      ...[comment(5, 7), comment(-3, 9), comment(1e6, 9)],
    ],
  })
  expect([...bins.comments]).toEqual([5, 1])
  expect([...bins.voices]).toEqual([4, 1])
})

test('what is said to happen long after the end is left out', async () => {
  const comments = [10, 98, 130, 5000].map((position_seconds) => ({ title_id: 1, position_seconds, text: 'ha' }))
  const bins = await binsOf({ timed_comment: comments }, 90)
  expect(bins.comments).toHaveLength(20)
  expect(bins.comments.reduce((sum, count) => sum + count)).toBe(2)
})

test('drop-offs are counted of those who are not gone, from the first minute to where a title counts as seen', async () => {
  const bins = await binsOf({ viewing: [play(1, 0, 70), play(2, 0, 100), play(3, 0, 300), play(4, 0, 30)] })
  const { from, events } = eventsOf('drop-offs', bins, 110)
  expect(from).toBe(12)
  expect([...events.counts]).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 1, 0])
  expect([...events.exposure]).toEqual([3, 3, 3, 2, 2, 2, 2, 2, 2, 1])
  expect(eventsOf('drop-offs', bins, 20).events.counts).toHaveLength(0)
})
