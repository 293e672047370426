import { basename } from 'node:path'
import { eitherOf, type Text } from '../../text.ts'
import { type Field, type Kind, kinds } from '../../warehouse/schema.ts'
import type { Reading } from './assign-fields.ts'
import { matchField } from './dictionary/look-up.ts'
import type { SampleColumn } from './map-column.ts'
import { compactHeader } from './parse-header.ts'
import type { Ambiguity } from './proposal.ts'

const same = (written: string): Text => ({ en: written, zh: written })

const kindLabels: Readonly<Record<Kind, Text>> = {
  viewing: { en: 'plays of single viewers', zh: '观看记录' },
  title: { en: 'a catalogue of titles', zh: '片库' },
  credit: { en: 'cast and crew', zh: '演职员表' },
  rating: { en: 'ratings by single users', zh: '用户评分' },
  review: { en: 'reviews', zh: '影评与短评' },
  timed_comment: { en: 'comments at a position in the video', zh: '弹幕' },
  scene: { en: 'scenes', zh: '场景' },
  airing: { en: 'a broadcast schedule', zh: '播出时间表' },
  panel_rating: { en: 'ratings and charts by title or channel', zh: '收视与榜单数据' },
  spend: { en: 'marketing spend', zh: '营销投放' },
  outcome: { en: 'business results by day', zh: '按日的业务结果' },
  box_office: { en: 'box office', zh: '票房' },
}

/** Whether the best reading knows so few columns that it tells nothing of what the file holds. */
export function isUnknown(best: Reading | undefined): boolean {
  return best === undefined || best.assignments.length + best.measures.length < 2
}

/** What the file holds, asked when two readings are about as good or none is. */
export function askKind(readings: readonly Reading[]): Ambiguity {
  const isClear = !isUnknown(readings[0])
  const close = isClear ? readings.slice(0, 4) : kinds.flatMap((kind) => readings.filter((one) => one.kind === kind))
  const label = ({ kind, assignments, measures }: Reading): Text => {
    const found = [...assignments.map(({ item }) => item.name), ...measures.map(({ measure }) => measure)].join(', ')
    const { en, zh } = kindLabels[kind]
    return { en: `${kind}, ${en}${found && `: ${found}`}`, zh: `${kind}，${zh}${found && `：${found}`}` }
  }
  return {
    about: 'kind',
    question: isClear
      ? {
          en: 'What does the file hold? Its columns can be read in more than one way.',
          zh: '文件内容属于哪一类？其列可以有多种解读。',
        }
      : {
          en: 'What does the file hold? Too few of its headers are known to tell.',
          zh: '文件内容属于哪一类？能识别的列名太少，无法判断。',
        },
    choices: close.map((reading) => ({ value: reading.kind, label: label(reading) })),
    setting: eitherOf(close.map((reading) => `--kind ${reading.kind}`)),
  }
}

/** The zone of instants that are written without one. `system` is the zone of this machine. */
export function askTimeZone(headers: readonly string[], system: string): Ambiguity {
  const zones = [...new Set(['UTC', system, 'Asia/Shanghai', 'America/New_York', 'Europe/London'])]
  return {
    about: 'timeZone',
    question: {
      en: `In which time zone is ${headers.map((header) => `“${header}”`).join(', ')}? The values do not say.`,
      zh: `${headers.map((header) => `“${header}”`).join('、')}是哪个时区的时间？值中没有注明。`,
    },
    choices: zones.map((zone) => ({ value: zone, label: same(zone) })),
    setting: {
      en: '--time-zone Asia/Shanghai, or any other IANA name',
      zh: '--time-zone Asia/Shanghai，或其他 IANA 时区名',
    },
  }
}

/** Whether `column` is called as the field, though its values speak against it. */
export function isCalled(kind: Kind, item: Field, column: SampleColumn): boolean {
  return column.profile.filled > 0 && (matchField(kind, item.name, column.parsed)?.score ?? 0) >= 0.9
}

/** Why a column that is called as a field is not read as it. */
export function explainMisfit(item: Field, { header, profile }: SampleColumn): Text {
  const examples = profile.examples.map((value) => value.slice(0, 30))
  const isDate = item.type === 'instant' || item.type === 'date'
  return {
    en: `“${header}” is called so, but its values ${isDate ? 'follow no one format' : 'do not fit'} (${examples.join(', ')}).`,
    zh: `“${header}”名称相符，但其值${isDate ? '没有统一的格式' : '不符'}（${examples.join('、')}）。`,
  }
}

const quoteWord = (word: string): string => (/^[\w.=-]+$/.test(word) ? word : `'${word}'`)

/** Which column holds a field that the kind cannot do without. */
export function askColumn(kind: Kind, item: Field, free: readonly SampleColumn[]): Ambiguity {
  const called = free.find((column) => isCalled(kind, item, column))
  const why = called === undefined ? undefined : explainMisfit(item, called)
  return {
    about: `${item.name}.from`,
    question: {
      en: `Which column holds ${item.label.en.toLowerCase()} (${item.name})? ${why?.en ?? `A ${kind} row needs it.`}`,
      zh: `哪一列是“${item.label.zh}”（${item.name}）？${why?.zh ?? `${kind} 的每一行都需要它。`}`,
    },
    choices: free.map((column) => ({
      value: column.header,
      label: same(`${column.header}: ${column.profile.examples.join(', ').slice(0, 60)}`),
    })),
    setting: {
      en: `--answer ${quoteWord(`${item.name}.from=${called?.header ?? 'COLUMN'}`)}`,
      zh: `--answer ${quoteWord(`${item.name}.from=${called?.header ?? '列名'}`)}`,
    },
  }
}

/** Which title a file without a title column is about; the file's own name is offered. */
export function askTitle(path: string): Ambiguity {
  const stem = basename(path).split('.')[0] ?? path
  return {
    about: 'title.value',
    question: {
      en: 'Which title is the file about? No column names one.',
      zh: '该文件属于哪部影片？没有列注明片名。',
    },
    choices: [{ value: stem, label: same(stem) }],
    setting: {
      en: `--answer 'title.value=${stem}', or any other title`,
      zh: `--answer 'title.value=${stem}'，或其他片名`,
    },
  }
}

/** The answer that leaves the headers as they are. */
export const asWritten = 'as written'

/** Asked when a column called a date holds none but its right neighbour does: the header is a cell short. */
export function askSlipped(columns: readonly SampleColumn[]): Ambiguity | undefined {
  const slipped = columns.find(({ header, profile }, index) => {
    const right = columns[index + 1]
    const isDate = /date$|日期$/.test(compactHeader(header)) && profile.filled > 0 && profile.date === undefined
    return isDate && right?.profile.date !== undefined && !/date|time|日期|时间/.test(compactHeader(right.header))
  })
  if (slipped === undefined) return undefined
  const numbered = (word: string) => columns.map((_, index) => `${word}${index + 1}`).join(',')
  return {
    about: 'names',
    question: {
      en: `The cells seem to stand one column to the right of their headers, from “${slipped.header}” on. Name the columns?`,
      zh: `从“${slipped.header}”起，单元格似乎比列名右移了一列。是否重新命名各列？`,
    },
    choices: [{ value: asWritten, label: { en: 'keep the headers as written', zh: '保留原列名' } }],
    setting: {
      en: `--answer 'names=${numbered('NAME')}' (the ${columns.length} columns in order, as in No.,Title,Date), or --answer 'names=${asWritten}'`,
      zh: `--answer 'names=${numbered('列名')}'（按顺序写出 ${columns.length} 列，如 No.,Title,Date），或 --answer 'names=${asWritten}'`,
    },
  }
}

/** Lines above the header, which no row holds: a date or place in them is easily missed. */
export function tellPreamble(lines: readonly string[]): Text {
  const shown = lines.slice(0, 3).map((line) => `“${line.replace(/[,;\t，\s]+$/, '').slice(0, 60)}”`)
  const more = lines.length > shown.length ? ' …' : ''
  return {
    en: `Lines above the header are skipped: ${shown.join(', ')}${more}`,
    zh: `表头上方的行已跳过：${shown.join('、')}${more}`,
  }
}
