import stringWidth from 'string-width'
import type { Progress } from '../progress.ts'
import { type Locale, say, type Text } from '../text.ts'
import { cutMiddle } from './fit-text.ts'

const redrawMilliseconds = 100

const secondsLeft = (seconds: number): Text => ({ en: `${seconds} s left`, zh: `剩余 ${seconds} 秒` })

/** One line on a terminal, redrawn with rows, rate and time left; elsewhere one plain line a step. */
export function terminalProgress(
  stream: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown },
  locale: Locale,
  clock: () => number,
): Progress {
  let name: Text | undefined
  let startedAt = 0
  let drawnAt = 0
  const count = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const redraw = (mark: string, text: Text, tail: string) => {
    const room = (stream.columns ?? Infinity) - stringWidth(mark) - stringWidth(tail) - 2
    stream.write(`\r\u001b[K${mark} ${cutMiddle(say(text, locale), room)}${tail}`)
  }
  const finish = () => {
    if (!name) return
    const seconds = ((clock() - startedAt) / 1000).toFixed(1)
    if (stream.isTTY) redraw('✓', name, `  ${seconds} s\n`)
    name = undefined
  }
  return {
    step(next) {
      finish()
      name = next
      startedAt = clock()
      drawnAt = 0
      if (stream.isTTY) redraw('…', next, '')
      else stream.write(`${say(next, locale)}\n`)
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
      redraw('…', name, `  ${count.format(done)}${of}  ${count.format(rate)}/s${left}`)
    },
    done: finish,
  }
}
