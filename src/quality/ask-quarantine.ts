import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import { csvText } from '../export/csv.ts'
import { keyPath, loadKeys } from '../privacy/keys.ts'
import { about, type Context, note, question } from '../question.ts'
import { requireReplaceable } from '../replace-file.ts'
import { counted, grouped, type Locale, say } from '../text.ts'
import { type BuildRecord, readBuildRecord } from './build-record.ts'
import { quarantined, readQuarantine, type SealedRow } from './quarantine.ts'
import { rules } from './rules.ts'

/** Reasons of rows that are copies of kept ones; the quarantine does not hold those. */
const copies = new Set<string>(rules.filter(({ severity }) => severity === 'duplicate').map(({ id }) => id))

type Ledger = BuildRecord['ledgers'][number]

const { rule, field, value, message } = quarantined.shape.reasons.unwrap().shape

/** An entry beside others, where each reason is its rule, field and value. */
const listed = quarantined.extend({
  reasons: z
    .array(z.object({ rule, field, value, message: message.meta({ ...message.meta(), detail: true }) }))
    .meta(about('Reasons', '原因')),
})

const ruleMessages = new Map<string, z.output<typeof note>>(rules.map((rule) => [rule.id, { ...rule.message }]))

/** What was kept out, by file and rule, with a few entries where the key is there to read them. */
export const listQuarantine = question({
  name: 'quarantine list',
  summary: { en: 'Rows that were kept out, by file and reason', zh: '按文件和原因列出被隔离的行' },
  examples: ['marquee quarantine list', 'marquee quarantine list --limit 3 --json'],
  parameters: z.object({
    limit: z.int().min(0).default(10).meta(about('Entries to show', '显示的条目数')),
    file: z.string().optional().meta(about('Only this file', '仅此文件')),
    rule: z.string().optional().meta(about('Only rows with this reason', '仅含此原因的行')),
  }),
  result: z.object({
    rows: z
      .array(
        z.object({
          file: z.string().meta(about('File', '文件', { as: 'path' })),
          source: z.string().meta(about('Source', '来源', { detail: true })),
          rule: z.string().meta(about('Rule', '规则', { as: 'code' })),
          rows: z.int().meta(about('Rows', '行数')),
          message: note.meta(about('Reason', '原因', { as: 'prose' })),
        }),
      )
      .meta(about('By file and rule', '按文件与规则')),
    entries: z.array(listed).meta(about('Rows, as many as --limit says', '具体的行，数量由 --limit 决定')),
    notes: z.array(note),
  }),
  async ask(context, { limit, file, rule }) {
    const ledgers = await chooseFiles(context, file)
    const rows = ledgers.flatMap((ledger) =>
      rulesOf(ledger, rule).map(([id, count]) => ({
        file: ledger.file,
        source: ledger.source,
        rule: id,
        rows: count,
        message: ruleMessages.get(id) ?? { en: id, zh: id },
      })),
    )
    const keys = await loadKeys(context.folder)
    const entries: z.output<typeof quarantined>[] = []
    if (keys && limit > 0) {
      for await (const entry of readEntries(context, ledgers, keys.quarantine, rule)) {
        entries.push(entry)
        if (entries.length >= limit) break
      }
    }
    if (rows.length === 0) return { rows, entries, notes: [{ en: 'Nothing is quarantined.', zh: '没有被隔离的行。' }] }
    return { rows, entries, notes: keys ? [] : [keyMissing(context.folder)] }
  },
})

/** One row as it was read, with everything that is wrong with it. */
export const showQuarantine = question({
  name: 'quarantine show',
  summary: { en: 'One quarantined row: its text and all reasons', zh: '查看一行被隔离的数据：原文与全部原因' },
  examples: ['marquee quarantine show raw/aurora/watch_records.csv 12'],
  parameters: z.object({
    file: z.string().meta(
      about('File, as `marquee quarantine list --json` names it', '文件，写法同 `marquee quarantine list --json`', {
        position: 1,
      }),
    ),
    line: z
      .int()
      .min(1)
      .meta(about('Line in the file, from 1', '行号，从 1 开始', { position: 2 })),
  }),
  result: quarantined,
  async ask(context, { file, line }) {
    const ledgers = await chooseFiles(context, file)
    for await (const entry of readEntries(context, ledgers, await requireKey(context.folder))) {
      if (entry.line === line) return entry
    }
    throw new InputError(
      { en: 'That line is not in the quarantine.', zh: '隔离区中没有该行。' },
      {
        code: 'not-quarantined',
        value: line,
        file,
        line,
        advice: {
          en: 'marquee quarantine export writes all of them.',
          zh: 'marquee quarantine export 可导出全部被隔离的行。',
        },
      },
    )
  },
})

const exportedColumns = ['file', 'line', 'raw', 'rules', 'fields', 'values', 'messages']

/** All quarantined rows as one CSV file that is safe to open in a spreadsheet. */
export const exportQuarantine = question({
  name: 'quarantine export',
  summary: { en: 'Write all quarantined rows to a CSV file', zh: '将全部被隔离的行导出为 CSV 文件' },
  examples: ['marquee quarantine export quarantine.csv'],
  parameters: z.object({
    out: z
      .string()
      .min(1)
      .meta(about('File to write', '输出文件', { position: 1 })),
    file: z.string().optional().meta(about('Only this file', '仅此文件')),
    rule: z.string().optional().meta(about('Only rows with this reason', '仅含此原因的行')),
  }),
  result: z.object({
    path: z.string().meta(about('The file', '文件', { detail: true })),
    rows: z.int().meta(about('Rows written', '写入行数', { detail: true })),
    notes: z.array(note),
  }),
  async ask(context, { out, file, rule }) {
    const ledgers = await chooseFiles(context, file)
    const entries = readEntries(context, ledgers, await requireKey(context.folder), rule)
    const path = resolve(out)
    await requireReplaceable(path)
    let rows = 0
    async function* cells() {
      for await (const { reasons, ...entry } of entries) {
        rows++
        const all = (pick: (reason: (typeof reasons)[number]) => string | undefined) =>
          reasons.map((reason) => pick(reason) ?? '').join('; ')
        const said = { fields: all(({ field }) => field), values: all(({ value }) => value) }
        yield [{ ...entry, ...said, rules: all((one) => one.rule), messages: all((one) => one.message) }]
      }
    }
    const partial = `${path}.partial`
    try {
      const target = createWriteStream(partial, { mode: 0o600 })
      await pipeline(Readable.from(csvText(exportedColumns, cells())), target, { signal: context.signal })
      await rename(partial, path)
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
    const notes = [
      { en: `Wrote ${counted(rows, 'row')} to ${path}.`, zh: `已写入 ${grouped(rows)} 行至 ${path}。` },
      {
        en: 'The file holds raw rows, viewer ids among them: keep it as safe as the key.',
        zh: '该文件包含原始行（含观众编号），请像密钥一样妥善保管。',
      },
    ]
    return { path, rows, notes }
  },
})

/** The files that have quarantined rows; one alone when `file` names it. */
async function chooseFiles(context: Context, file: string | undefined): Promise<Ledger[]> {
  const { ledgers } = await readBuildRecord((await context.warehouse()).folder)
  const filled = ledgers.filter((ledger) => ledger.quarantined > 0)
  if (file === undefined) return filled
  const chosen = filled.filter((ledger) => ledger.file === file)
  if (chosen.length > 0) return chosen
  throw new InputError(
    { en: 'That file has no quarantined rows.', zh: '该文件没有被隔离的行。' },
    {
      code: 'file-not-quarantined',
      value: file,
      advice:
        filled.length === 0
          ? { en: 'Nothing is quarantined.', zh: '没有被隔离的行。' }
          : {
              en: `Files: ${filled.map((one) => one.file).join(', ')}.`,
              zh: `有隔离行的文件：${filled.map((one) => one.file).join('、')}。`,
            },
    },
  )
}

function rulesOf({ reasons }: Ledger, rule: string | undefined): [string, number][] {
  return Object.entries(reasons).filter(([id]) => !copies.has(id) && (rule === undefined || id === rule))
}

async function* readEntries({ folder, locale }: Context, ledgers: readonly Ledger[], key: Buffer, rule?: string) {
  for (const id of ledgers.flatMap(({ quarantineIds }) => quarantineIds)) {
    for await (const entry of readQuarantine(join(folder, '.marquee', 'quarantine', `${id}.sealed`), key)) {
      if (rule === undefined || entry.reasons.some((reason) => reason.rule === rule)) yield inLanguage(entry, locale)
    }
  }
}

function inLanguage({ reasons, ...entry }: SealedRow, locale: Locale): z.output<typeof quarantined> {
  const messageOf = (rule: string) => ruleMessages.get(rule) ?? { en: rule, zh: rule }
  return {
    ...entry,
    reasons: reasons.map(({ detail, ...reason }) => ({
      ...reason,
      message: say(detail ?? messageOf(reason.rule), locale),
    })),
  }
}

async function requireKey(folder: string): Promise<Buffer> {
  const keys = await loadKeys(folder)
  if (keys) return keys.quarantine
  throw new InputError(
    { en: 'The quarantine cannot be read without the key.', zh: '没有密钥，无法读取隔离区。' },
    {
      code: 'key-missing',
      file: keyPath(folder),
      advice: {
        en: 'Put the key file back, or point MARQUEE_KEY_FILE at it.',
        zh: '请放回密钥文件，或将 MARQUEE_KEY_FILE 指向该文件。',
      },
    },
  )
}

function keyMissing(folder: string): z.output<typeof note> {
  const path = keyPath(folder)
  return {
    en: `The rows themselves cannot be shown: there is no key at ${path}.`,
    zh: `无法显示行内容：${path} 处没有密钥。`,
  }
}
