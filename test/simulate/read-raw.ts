import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A play as an independent reader of the raw files sees it. */
export interface RawPlay {
  readonly source: string
  readonly file: string
  readonly line: number
  /** The line as decoded. */
  readonly text: string
  /** viewer, title, start, watched, device: as written; undefined for a malformed row. */
  readonly values: readonly string[] | undefined
  readonly playId?: string
  readonly isBot?: boolean
  readonly isAdvertising?: boolean
  readonly speed?: number
}

/** Fields of a line of CSV without line breaks inside quotes. */
function splitCsv(line: string): string[] {
  const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g) ?? []
  const fields = cells.map((cell) =>
    cell
      .replace(/,$/, '')
      .replace(/^"([\s\S]*)"$/, '$1')
      .replaceAll('""', '"'),
  )
  if (!line.endsWith(',')) fields.pop()
  return fields
}

/** Records of a UTF-8 CSV by header. */
export function readCsv(path: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  const names = splitCsv(header)
  return lines.map((line) => Object.fromEntries(splitCsv(line).map((cell, index) => [names[index] ?? '', cell])))
}

const isText = (text: string): boolean => !/[\0\ufffd\ud800-\udfff]/.test(text)

function readDelimited(
  folder: string,
  source: string,
  file: string,
  encoding: string,
  split: (line: string) => string[],
  order: readonly number[],
): RawPlay[] {
  const text = new TextDecoder(encoding).decode(readFileSync(join(folder, file)))
  const [header = '', ...lines] = text.trimEnd().split('\n')
  const width = split(header).length
  return lines.map((line, index) => {
    const fields = split(line)
    const isGood = fields.length === width && isText(line)
    const values = isGood ? order.map((place) => fields[place] ?? '') : undefined
    return { source, file, line: index + 2, text: line, values }
  })
}

function readCobalt(folder: string): RawPlay[] {
  return readdirSync(join(folder, 'cobalt'))
    .sort()
    .flatMap((name) => {
      const file = `cobalt/${name}`
      const text = gunzipSync(readFileSync(join(folder, file))).toString('utf8')
      return text
        .trimEnd()
        .split('\n')
        .filter((line) => line !== '')
        .map((line, index): RawPlay => {
          const base = { source: 'cobalt', file, line: index + 1, text: line }
          if (!isText(line)) return { ...base, values: undefined }
          try {
            const row = JSON.parse(line) as Record<string, string | number | boolean | null>
            const names = ['account', 'title', 'started_at', 'watched_seconds', 'device']
            return {
              ...base,
              values: names.map((key) => String(row[key] ?? '')),
              playId: String(row.play_id),
              isBot: row.is_bot === true,
              isAdvertising: row.is_ad === true,
              speed: Number(row.speed),
            }
          } catch {
            return { ...base, values: undefined }
          }
        })
    })
}

/** All plays of a simulated folder, source by source. */
export function readPlays(folder: string): RawPlay[] {
  const tabs = (line: string): string[] => line.split('\t')
  return [
    ...readDelimited(folder, 'aurora', 'aurora/watch_records.csv', 'utf-8', splitCsv, [0, 1, 3, 2, 4]),
    ...readDelimited(folder, '青峰', '青峰/播放记录.csv', 'gb18030', splitCsv, [0, 1, 3, 2, 4]),
    ...readCobalt(folder),
    ...readDelimited(folder, '长江卫视', '长江卫视/收视记录.tsv', 'utf-16le', tabs, [0, 1, 2, 3, 9]),
  ]
}
