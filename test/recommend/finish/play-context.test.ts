import { expect, test } from 'vitest'
import { readLastPlays } from '../../../src/recommend/finish/play-context.ts'
import { openWarehouse } from '../../support/warehouse.ts'

const [film, series, first, second] = [1, 2, 3, 4]
const play = (viewer: number, title: number, minutes: number, at: string | null, device: string | null = 'TV') => ({
  ...{ viewer_id: viewer, title_id: title, watched_seconds: 60 * minutes, started_at: at, device },
  ...{ source: 'tv', file: 'plays.csv', line: title },
})

test('the newest play of each work, an episode for its series, with its moment and whether it was watched to the end', async () => {
  const { engine } = await openWarehouse({
    title: [
      { title_id: film, name: 'Dusk', title_type: 'film', runtime_seconds: 6000 },
      { title_id: series, name: 'Harbour', title_type: 'series' },
      { title_id: first, name: 'Harbour 1', title_type: 'episode', series_id: series, runtime_seconds: 3000 },
      { title_id: second, name: 'Harbour 2', title_type: 'episode', series_id: series },
    ],
    viewing: [
      play(7, film, 50, '2025-01-01 20:00:00'),
      play(7, film, 45, '2025-01-03 02:00:00', '机顶盒'),
      play(7, first, 50, '2025-01-02 08:00:00'),
      play(7, second, 53, '2025-01-05 12:00:00', 'fridge'),
      play(7, first, 50, null),
      play(8, first, 40, '2025-01-09 23:59:00', null),
      play(9, film, 100, '2025-01-10 20:00:00'),
      play(9, film, 0, '2025-01-11 20:00:00'),
    ],
  })
  const { signal } = new AbortController()
  const numbers = new Map([String(film), String(series)].map((id, number) => [id, number]))
  const plays = await readLastPlays(engine, ['7', '8', '10'], numbers, signal)
  engine.close()
  const seconds = (text: string) => Date.parse(`${text}Z`) / 1000
  expect([...plays.keys()]).toEqual(['7', '8'])
  expect(plays.get('7')).toEqual([
    {
      work: 0,
      context: { at: seconds('2025-01-03T02:00:00'), dayPart: 'night', device: 'TV', source: 'tv', recencyDays: 0.75 },
      isFinished: true,
    },
    {
      work: 1,
      context: {
        ...{ at: seconds('2025-01-05T12:00:00'), dayPart: 'afternoon', device: 'fridge', source: 'tv' },
        recencyDays: expect.closeTo(2 + 10 / 24, 9),
      },
      isFinished: false,
    },
  ])
  expect(plays.get('8')).toEqual([
    {
      work: 1,
      context: { at: seconds('2025-01-09T23:59:00'), dayPart: 'evening', source: 'tv' },
      isFinished: false,
    },
  ])
})
