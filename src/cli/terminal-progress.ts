import type { Progress } from '../progress.ts'
import { type Locale, say, type Text } from '../text.ts'

const redrawMilliseconds = 100

const secondsLeft = (seconds: number): Text => ({ en: `${seconds} s left`, zh: `剩余 ${seconds} 秒` })

/** One line on a terminal, redrawn with rows, rate and time left; elsewhere one plain line a step. */
export function terminalProgress(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  locale: Locale,
  clock: () => number,
): Progress {
  let name: Text | undefined
  let startedAt = 0
  let drawnAt = 0
  const count = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const finish = () => {
    if (!name) return
    const seconds = ((clock() - startedAt) / 1000).toFixed(1)
    if (stream.isTTY) stream.write(`\r\u001b[K✓ ${say(name, locale)}  ${seconds} s\n`)
    name = undefined
  }
  return {
    step(next) {
      finish()
      name = next
      startedAt = clock()
      drawnAt = 0
      stream.write(stream.isTTY ? `\r\u001b[K… ${say(next, locale)}` : `${say(next, locale)}\n`)
    },
    rows(done, total) {
      const now = clock()
      if (!stream.isTTY || !name || now - drawnAt < redrawMilliseconds) return
      drawnAt = now
      const seconds = (now - startedAt) / 1000
      const rate = seconds > 0 ? done / seconds : 0
      const left =
        total !== undefined && rate > 0
          ? `  ${say(secondsLeft(Math.max(0, Math.ceil((total - done) / rate))), locale)}`
          : ''
      const of = total === undefined ? '' : ` / ${count.format(total)}`
      stream.write(`\r\u001b[K… ${say(name, locale)}  ${count.format(done)}${of}  ${count.format(rate)}/s${left}`)
    },
    done: finish,
  }
}
