import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readReviews } from '../src/commands/read-reviews.ts'
import { openSentiment } from '../src/reviews/sentiment/open-sentiment.ts'
import { measure } from './measure.ts'

/**
 * `marquee sentiment` and what users would pick instead on one split of labelled reviews: accuracy, macro-F1, area under the ROC curve, seconds of
 * training (ours with reading, the search for settings and writing), reviews judged in a second on one core (texts in memory) and peak memory. Fails where a
 * peer is more accurate by over a standard error.
 * Usage: sentiment.ts FILE --text COLUMN --label COLUMN --python PYTHON [--model linear] [--peers nb-words,tfidf-words]; `--peers ''` for none.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    text: { type: 'string', default: 'text' },
    label: { type: 'string', default: 'label' },
    python: { type: 'string', default: 'python3' },
    model: { type: 'string', default: 'linear' },
    peers: { type: 'string', default: 'nb-words,tfidf-words' },
  },
})
const [file] = positionals
const kind = values.model
assert(file, 'name a file of labelled reviews')
const script = new URL('peers/classify_reviews.py', import.meta.url).pathname
const cli = new URL('../src/cli/main.ts', import.meta.url).pathname
const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'))

interface Result {
  readonly accuracy: number
  readonly macroF1: number
  readonly areaUnderRoc: number
  readonly trainSeconds: number
  readonly reviewsPerSecond: number
  readonly peakMb: number
}

function show(name: string, { accuracy, macroF1, areaUnderRoc, trainSeconds, reviewsPerSecond, peakMb }: Result): void {
  const quality = [accuracy, macroF1, areaUnderRoc].map((value) => value.toFixed(4)).join('  ')
  console.log(
    `${name.padEnd(16)} ${quality}  ${trainSeconds.toFixed(1)} s  ${reviewsPerSecond.toFixed(0)}/s  ${peakMb.toFixed(0)} MB`,
  )
}

/** Reviews judged in a second, the fastest of three passes over texts in memory. */
async function speedOf(model: string, test: string): Promise<number> {
  const texts: string[] = []
  const { signal } = new AbortController()
  for await (const rows of readReviews(test, ['text'], signal)) texts.push(...rows.map(({ values: { text } }) => text))
  const sentiment = await openSentiment(model)
  let best = Number.POSITIVE_INFINITY
  for (let pass = 0; pass < 3; pass++) {
    const begun = performance.now()
    await sentiment.judge(texts, signal)
    best = Math.min(best, (performance.now() - begun) / 1000)
  }
  return texts.length / best
}

try {
  execFileSync(values.python, [script, 'split', file, values.text, values.label, folder])
  const [train, test, model] = ['train.csv', 'test.csv', 'reviews.model'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const columns = ['--text', 'text', '--label', 'label']
  const trained = await measure(
    process.execPath,
    cli,
    'sentiment',
    'train',
    train,
    ...columns,
    '--out',
    model,
    '--model',
    kind,
  )
  const { out } = await measure(process.execPath, cli, 'sentiment', 'evaluate', model, test, ...columns, '--json')
  const { reviews, ...own } = JSON.parse(out) as Result & { reviews: number }
  show(`marquee ${kind}`, {
    ...own,
    ...{ trainSeconds: trained.seconds, peakMb: trained.peakMb, reviewsPerSecond: await speedOf(model, test) },
  })
  const error = Math.sqrt((own.accuracy * (1 - own.accuracy)) / reviews)
  for (const peer of values.peers.split(',').filter(Boolean)) {
    const result: Result = JSON.parse(
      execFileSync(values.python, [script, 'judge', folder, peer], { encoding: 'utf8', maxBuffer: 1e7 }),
    )
    show(peer, result)
    assert(own.accuracy > result.accuracy - error, `${peer} is more accurate`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
