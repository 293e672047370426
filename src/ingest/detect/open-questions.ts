import { basename } from 'node:path'
import { eitherOf, type Text } from '../../text.ts'
import { type Field, type Kind, kinds } from '../../warehouse/schema.ts'
import type { Reading } from './assign-fields.ts'
import { matchField } from './dictionary/look-up.ts'
import { judgeValues } from './judge-values.ts'
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

/** What the file holds, or which of its `lists` holds the rows, asked when two readings are about as good or none is. */
export function askKind(readings: readonly Reading[], lists: readonly string[]): Ambiguity {
  const close = readings.filter((reading) => listFound(reading).length > 0).slice(0, 4)
  const isWhole = close.some((reading) => reading.missing.length === 0 || reading.isOfOne)
  const described = close.map(describeReading)
  const how = !isWhole
    ? { en: 'fit no kind of data completely', zh: '与任何一类都不完全相符' }
    : close.length > 1
      ? { en: 'can be read in more than one way', zh: '可以有多种解读' }
      : { en: 'say little', zh: '信息太少' }
  return {
    about: 'kind',
    question: {
      en: `What does the file hold? Its columns ${how.en}: ${described.map(({ en }) => en).join('; ')}.`,
      zh: `文件内容属于哪一类？其列${how.zh}：${described.map(({ zh }) => zh).join('；')}。`,
    },
    choices: close.map((reading) => ({ value: reading.kind, label: labelKind(reading.kind, listFound(reading)) })),
    setting: eitherOf([
      ...close.map((reading) => `--kind ${reading.kind}`),
      ...lists.map((list) => `--answer explode=${list}`),
    ]),
  }
}

function labelKind(kind: Kind, found: readonly string[] = []): Text {
  const { en, zh } = kindLabels[kind]
  const list = found.join(', ')
  return { en: `${kind}, ${en}${list && `: ${list}`}`, zh: `${kind}，${zh}${list && `：${list}`}` }
}

const listFound = (reading: Reading): string[] => [
  ...reading.assignments.map((entry) => entry.item.name),
  ...reading.measures.map((entry) => entry.measure),
]

function describeReading(reading: Reading): Text {
  const found = listFound(reading).join(', ')
  const missing = reading.missing.map((item) => item.name).join(', ')
  return {
    en: `${reading.kind} has ${found}${missing === '' ? '' : ` but lacks ${missing}`}`,
    zh: `${reading.kind} 有 ${found}${missing === '' ? '' : `，但缺少 ${missing}`}`,
  }
}

/** What the file holds, or which of its `lists` holds the rows, asked where its columns do not tell. */
export function askUnknownKind(lists: readonly string[]): Ambiguity {
  const or = (and: string) => lists.map((list) => `${and}--answer explode=${list}`).join('')
  return {
    about: 'kind',
    question: {
      en: `What does the file hold? Too few of its columns are called as a field of film and television data is. If it holds such data, say of which kind and which column is what; the kinds are ${kinds.join(', ')}.`,
      zh: `文件内容属于哪一类？能识别的列名太少，无法判断。若该文件确为影视数据，请注明类别以及各列的含义；类别有 ${kinds.join('、')}。`,
    },
    choices: kinds.map((kind) => ({ value: kind, label: labelKind(kind) })),
    setting: {
      en: `--kind KIND --answer FIELD.from=COLUMN, as in --kind viewing --answer viewer.from=COLUMN${or(', or ')}`,
      zh: `--kind 类别 --answer 字段.from=列名，如 --kind viewing --answer viewer.from=列名${or('，或 ')}`,
    },
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
  const fitting = free.filter((column) => column === called || judgeValues(item, column) > 0.5)
  if (fitting.length === 0 && item.type !== 'identity') return sayMissing(kind, item)
  const column = {
    en: quoteWord(`${item.name}.from=${called?.header ?? 'COLUMN'}`),
    zh: quoteWord(`${item.name}.from=${called?.header ?? '列名'}`),
  }
  return {
    about: `${item.name}.from`,
    question: {
      en: `Which column holds ${item.label.en.toLowerCase()} (${item.name})? ${why?.en ?? `A ${kind} row needs it.`}`,
      zh: `哪一列是“${item.label.zh}”（${item.name}）？${why?.zh ?? `${kind} 的每一行都需要它。`}`,
    },
    choices: fitting.map((column) => ({
      value: column.header,
      label: same(`${column.header}: ${column.profile.examples.join(', ').slice(0, 60)}`),
    })),
    setting:
      item.type === 'identity'
        ? orOneViewer(item, column)
        : { en: `--answer ${column.en}`, zh: `--answer ${column.zh}` },
  }
}

/** Rows that are all of one viewer, as in the export of a member's own history, need no column of viewers. */
function orOneViewer(item: Field, column: Text): Text {
  return {
    en: `--answer ${column.en} or, where all rows are of one viewer, --answer ${item.name}.value=NAME`,
    zh: `--answer ${column.zh}；若所有行属于同一观众，则用 --answer ${item.name}.value=名称`,
  }
}

/** A required field that no column can hold. */
function sayMissing(kind: Kind, item: Field): Ambiguity {
  return {
    about: `${item.name}.from`,
    question: {
      en: `A ${kind} row needs ${item.label.en.toLowerCase()} (${item.name}), and no column holds it.`,
      zh: `${kind} 的每一行都需要“${item.label.zh}”（${item.name}），而没有列可作此用。`,
    },
    choices: [],
    setting: {
      en: `Add such a column to the file, or choose a kind that does without it with --kind`,
      zh: `请在文件中加入该列，或用 --kind 选择不需要它的类别`,
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
