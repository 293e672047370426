import iconv from 'iconv-lite'
import type { RuleId } from '../quality/rules.ts'
import type { Work } from './catalogue.ts'
import { formatLength, formatLocal } from './local-time.ts'
import { auroraForms, changjiangForms, cobaltForms, type NameForms, qingfengForms, unknownNames } from './name-forms.ts'

/** One play as a source writes it: each value is text in the file's own encoding, quoted where it has to be. */
export interface Cells {
  viewer: string
  title: string
  start: string
  watched: string
  device: string
  region: string
  playId: string
  speed: number
  isAdvertising: boolean
  isBot: boolean
  positionStart: number
  positionEnd: number
}

/** How one source writes plays, and how often each defect is planted (a share of its plays). */
export interface PlaySource {
  readonly name: string
  /** Share of all viewers. */
  readonly share: number
  readonly zone: string
  /** Viewers' own offsets in seconds, where the file states them; `zone` holds otherwise. */
  readonly offsets: readonly number[]
  readonly header: string | undefined
  readonly encoding: 'latin1' | 'utf16le'
  readonly devices: readonly string[]
  readonly regions: readonly string[]
  /** Seconds that one step of the written duration stands for. */
  readonly step: number
  readonly unknown: readonly string[]
  readonly rates: Partial<Record<RuleId, number>>
  readonly missing: string
  readonly forms: NameForms
  carries(work: Work): boolean
  /** Text in the file's encoding, quoted. */
  cell(text: string): string
  viewerId(index: number): string
  start(utc: number, offset: number): string
  duration(steps: number): string
  row(cells: Cells): string
  /** A row that is not well formed, in one of four ways. */
  malformed(cells: Cells, way: number): string
}

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
const gb18030 = (text: string): string => iconv.encode(text, 'gb18030').toString('latin1')
const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Ways in which a delimited row goes wrong: a field missing, one too many, a NUL, bytes that are not text. */
function breakFields(fields: string[], delimiter: string, stray: string, way: number): string {
  const viewer = fields[0] ?? ''
  if (way === 0) return fields.slice(0, -2).join(delimiter)
  if (way === 1) return [...fields, '0'].join(delimiter)
  return [viewer.slice(0, 3) + (way === 2 ? '\0' : stray) + viewer.slice(3), ...fields.slice(1)].join(delimiter)
}

const sharedRates: Partial<Record<RuleId, number>> = {
  'malformed-row': 0.002,
  'required-missing': 0.004,
  unparseable: 0.003,
  'non-positive-duration': 0.004,
  'excessive-duration': 0.001,
  'start-in-future': 0.001,
  'invalid-viewer': 0.002,
  'beyond-runtime': 0.003,
  'start-before-release': 0.002,
  'unknown-title': 0.004,
}
const deviceRates: Partial<Record<RuleId, number>> = { 'beyond-next-event': 0.003, 'overlapping-session': 0.003 }

const auroraFields = (c: Cells): string[] => [c.viewer, c.title, c.watched, c.start, c.device]

/** UTF-8 CSV with the classic header; hours; local time of New York. */
export const aurora: PlaySource = {
  name: 'aurora',
  share: 0.32,
  zone: 'America/New_York',
  offsets: [],
  header: 'user_id,title,watch_time,started_at,device',
  encoding: 'latin1',
  devices: ['TV', 'Phone', 'Tablet', 'Web'],
  regions: [''],
  step: 0.36,
  unknown: unknownNames.english,
  rates: { ...sharedRates, ...deviceRates, 'exact-duplicate': 0.01 },
  missing: '',
  forms: auroraForms,
  carries: () => true,
  cell: (text) => utf8(quote(text)),
  viewerId: (index) => `u${100_000 + index}`,
  start: (utc, offset) => formatLocal(utc, offset, ' '),
  duration(steps) {
    const whole = Math.floor(Math.abs(steps) / 10_000)
    return `${steps < 0 ? '-' : ''}${whole}.${String(Math.abs(steps) % 10_000).padStart(4, '0')}`
  },
  row: (c) => `${c.viewer},${c.title},${c.watched},${c.start},${c.device}`,
  malformed: (c, way) => breakFields(auroraFields(c), ',', '\xff\xfe', way),
}

const qingfengFields = (c: Cells): string[] => [c.viewer, c.title, c.watched, c.start, c.device, c.region]

/** GB18030 CSV with Chinese headers; minutes; local time of Shanghai. */
export const qingfeng: PlaySource = {
  name: '青峰',
  share: 0.3,
  zone: 'Asia/Shanghai',
  offsets: [],
  header: gb18030('用户ID,片名,观看时长(分钟),开始时间,设备,地区'),
  encoding: 'latin1',
  devices: ['电视', '手机', '平板', '电脑'].map(gb18030),
  regions: ['北京', '上海', '广东', '四川', '湖北', '江苏'].map(gb18030),
  step: 0.6,
  unknown: unknownNames.chinese,
  rates: { ...sharedRates, ...deviceRates, 'exact-duplicate': 0.008, 'cross-source-duplicate': 0.03 },
  missing: '',
  forms: qingfengForms,
  carries: (work) => work.zh !== '' || work.isReal,
  cell: (text) => gb18030(quote(text)),
  viewerId: (index) => `QF${1_000_000 + index}`,
  start: (utc, offset) => formatLocal(utc, offset, ' '),
  duration(steps) {
    const whole = Math.floor(Math.abs(steps) / 100)
    return `${steps < 0 ? '-' : ''}${whole}.${String(Math.abs(steps) % 100).padStart(2, '0')}`
  },
  row: (c) => `${c.viewer},${c.title},${c.watched},${c.start},${c.device},${c.region}`,
  malformed: (c, way) => breakFields(qingfengFields(c), ',', '\xff', way),
}

const signs: Readonly<Record<number, string>> = { [-18_000]: '-05:00', 0: '+00:00', 3600: '+01:00', 32400: '+09:00' }

const cobaltRow = (c: Cells): string =>
  `{"play_id":"${c.playId}","account":${c.viewer},"title":${c.title},"started_at":${c.start},` +
  `"watched_seconds":${c.watched},"position_start":${c.positionStart},"position_end":${c.positionEnd},` +
  `"device":${c.device},"country":${c.region},"speed":${c.speed},"is_ad":${c.isAdvertising},"is_bot":${c.isBot}}`

/** Compressed JSON Lines; seconds; ISO 8601 with the viewer's offset; a play id. */
export const cobalt: PlaySource = {
  name: 'cobalt',
  share: 0.28,
  zone: 'UTC',
  offsets: [-18_000, 0, 3600, 32_400],
  header: undefined,
  encoding: 'latin1',
  devices: ['"tv"', '"mobile"', '"tablet"', '"web"'],
  regions: ['"US"', '"GB"', '"DE"', '"JP"'],
  step: 1,
  unknown: unknownNames.english,
  rates: { ...sharedRates, ...deviceRates, 'duplicate-key': 0.008, 'marked-bot': 0.004 },
  missing: 'null',
  forms: cobaltForms,
  carries: () => true,
  cell: (text) => utf8(JSON.stringify(text)),
  viewerId: (index) => `"c-${(index + 0x5a000000).toString(16)}"`,
  start: (utc, offset) => `"${formatLocal(utc, offset, 'T')}${signs[offset]}"`,
  duration: (steps) => String(steps),
  row: cobaltRow,
  malformed(c, way) {
    const row = cobaltRow(c)
    if (way === 0) return row.slice(0, row.length >> 1)
    if (way === 1) return `${row.slice(0, -1)},}`
    return `${row.slice(0, 12)}${way === 2 ? '\0' : '\xff\xfe'}${row.slice(12)}`
  },
}

const changjiangFields = (c: Cells): string[] => [c.viewer, c.title, c.start, c.watched, c.region]

/** UTF-16LE, tabs, Chinese headers; HH:MM:SS; local time of Shanghai; set-top boxes. */
export const changjiang: PlaySource = {
  name: '长江卫视',
  share: 0.1,
  zone: 'Asia/Shanghai',
  offsets: [],
  header: '\ufeff机顶盒号\t节目名称\t开始时间\t观看时长\t地区',
  encoding: 'utf16le',
  devices: [''],
  regions: ['湖北', '湖南', '江西', '安徽'],
  step: 1,
  unknown: unknownNames.chinese,
  rates: { ...sharedRates, 'exact-duplicate': 0.008 },
  missing: '',
  forms: changjiangForms,
  carries: (work) => work.type === 'series',
  cell: (text) => text,
  viewerId: (index) => `CJ${1_000_000 + index}`,
  start: (utc, offset) => formatLocal(utc, offset, ' '),
  duration: formatLength,
  row: (c) => `${c.viewer}\t${c.title}\t${c.start}\t${c.watched}\t${c.region}`,
  malformed: (c, way) => breakFields(changjiangFields(c), '\t', '\ud800', way),
}

export const playSources = [aurora, qingfeng, cobalt, changjiang] as const
