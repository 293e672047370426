import { expect, onTestFinished, test } from 'vitest'
import { commentedRange, findDropOffs } from '../../src/advice/drop-offs.ts'
import { Random } from '../../src/kernels/random.ts'
import { openWarehouse } from '../support/warehouse.ts'

const [runtime, viewers, leaving] = [2400, 1500, 300]
const place = { start: 1500, end: 1515 }

/** Viewers of a film: some leave anywhere, 300 at one place, and of the others `finishing` go on from 2000 s to the end. */
async function dropOffs(finishing: number, completionShare = 0.9) {
  const random = new Random(5)
  const viewing = Array.from({ length: viewers }, (_, viewer) => {
    const isLast = viewer < leaving
    const goesOn = viewer >= leaving + 400 && random.uniform() >= finishing ? 2000 : runtime
    const end = isLast
      ? place.start + random.uniform() * (place.end - place.start)
      : viewer < leaving + 400
        ? random.uniform() * runtime
        : goesOn
    return {
      ...{ title_id: 1, viewer_id: viewer, source: 'app', watched_seconds: end },
      ...{ position_start_seconds: 0, position_end_seconds: end },
    }
  })
  const title = { title_id: 1, name: 'Dusk', title_type: 'film', runtime_seconds: runtime }
  const { engine } = await openWarehouse({ title: [title], viewing })
  onTestFinished(() => engine.close())
  const resolved = { titleId: '1', name: 'Dusk', year: null, titleType: 'film' }
  const found = await findDropOffs(engine, resolved, completionShare, new AbortController().signal)
  const planted = found.find(({ startSeconds, endSeconds }) => startSeconds < place.end && endSeconds > place.start)
  if (!planted) throw new Error('The planted drop-off was not found.')
  return { found, planted }
}

test('a drop-off costs the plays of those who left beyond what is usual and would have gone on', async () => {
  const { found, planted } = await dropOffs(1)
  expect(found[0]).toBe(planted)
  expect(planted).toMatchObject({ name: 'Dusk', viewers })
  expect(planted.leaving).toBeGreaterThan(0.95 * leaving)
  expect(planted.expected).toBeLessThan(10)
  const { value, low, high } = planted.gain
  const most = (planted.leaving - planted.expected) / viewers
  expect(value).toBeLessThan(most)
  expect(value).toBeGreaterThan(0.85 * most)
  expect([low < value, value < high, high < leaving / viewers]).toEqual([true, true, true])
})

test('it costs less where fewer of those who stay go on to the end, and more the sooner a title counts as seen', async () => {
  const [all, half] = [await dropOffs(1), await dropOffs(0.5)]
  expect(half.planted.gain.value / all.planted.gain.value).toBeCloseTo(0.5, 1)
  const early = await dropOffs(0.5, 0.8)
  expect(early.planted.gain.value).toBeGreaterThan(1.5 * half.planted.gain.value)
})

test('comments from a minute before it tell of it', async () => {
  const { planted } = await dropOffs(1)
  expect(commentedRange(planted)).toEqual({ start: planted.startSeconds - 60, end: planted.endSeconds })
  expect(commentedRange({ ...planted, startSeconds: 15 }).start).toBe(0)
})
