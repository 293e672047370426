import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { z } from 'zod'
import { textLike } from '../describe-issue.ts'
import { InputError, isMarqueeError, type MarqueeError } from '../errors.ts'
import type { Proposal, ProposedColumn, ProposeOptions, Sample } from '../ingest/detect/proposal.ts'
import { proposeSource } from '../ingest/detect/propose-source.ts'
import { readSample } from '../ingest/read-sample.ts'
import { displayName } from '../ingest/source-files.ts'
import { addSources, type SourceAddition } from '../project/add-sources.ts'
import { layoutOf } from '../project/layout.ts'
import { loadSettings } from '../project/load-settings.ts'
import { openEmbedded } from '../project/open-engine.ts'
import { type SourceSettings, sourceName, sourceSettings } from '../project/settings.ts'
import { isTimeZone } from '../project/time-zone.ts'
import { about, type Context, note, question } from '../question.ts'
import { say, type Text } from '../text.ts'
import { kinds } from '../warehouse/schema.ts'
import { allRefused, describeRefused, openQuestions } from './refuse-files.ts'

interface Proposed {
  readonly sample: Sample
  readonly proposal: Proposal
}

/** A source and the first of its files, which stands for the others. */
interface Addition extends SourceAddition {
  readonly first: Proposed
}

/** Looks at raw files, proposes how to read them, and writes that into `marquee.yaml`. */
export const add = question({
  name: 'add',
  summary: { en: 'Look at raw files and write down how to read them', zh: '查看原始文件并写下读取方式' },
  examples: [
    'marquee add watch_records.csv --time-zone Asia/Shanghai',
    'marquee add logs/*.csv --kind viewing --source aurora --time-zone UTC',
    'marquee add plays.csv --answer watched_seconds.unit=minutes --time-zone UTC',
    'marquee add episodes.json --kind scene --answer explode=scenes',
  ],
  parameters: z.object({
    files: z
      .array(z.string())
      .min(1)
      .meta(about('Files to add', '要添加的文件', { position: 0 })),
    kind: z.enum(kinds).optional().meta(about('What the files hold', '文件内容的类别')),
    source: sourceName.optional().meta(about('Name of the source', '来源名称')),
    timeZone: z
      .string()
      .optional()
      .meta(
        about('Time zone of times without an offset, as in Asia/Shanghai', '无时区时间所用的时区，如 Asia/Shanghai'),
      ),
    answer: z
      .array(textLike(/^[^=]+=.+$/, { en: 'must be written as name=value', zh: '应写作 名称=值' }))
      .default([])
      .meta(about('Answers to what the file leaves open, as name=value', '对文件中不明确之处的回答，形如 名称=值')),
  }),
  result: z.object({
    rows: z.array(
      z.object({
        file: z.string().meta(about('File', '文件', { as: 'path' })),
        column: z.string().meta(about('Column', '列')),
        field: z.string().nullable().meta(about('Read as', '读作')),
        unit: z.string().nullable().meta(about('Unit or format', '单位或格式')),
        reason: z.string().meta(about('Why', '原因', { as: 'prose' })),
      }),
    ),
    sources: z
      .array(
        z.object({ name: z.string(), kind: z.string(), preset: z.string().nullable(), files: z.array(z.string()) }),
      )
      .meta(about('Sources as written to marquee.yaml', '写入 marquee.yaml 的来源', { detail: true })),
    refused: z
      .array(z.object({ file: z.string(), code: z.string(), message: note, advice: note.nullable() }))
      .meta(about('Files that were not added; the others were', '未添加的文件（其余已添加）', { detail: true })),
    notes: z.array(note),
  }),
  async ask(context, { files, kind, source, timeZone, answer }) {
    const layout = layoutOf(context.folder)
    const settings = await loadSettings(layout.settings)
    if (timeZone !== undefined) requireTimeZone(timeZone)
    const answers = Object.fromEntries(
      answer.map((item) => [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)]),
    )
    const { records, explode } = answers
    const lists = { ...(records ? { records } : {}), ...(explode ? { explode } : {}) }
    const options: ProposeOptions = {
      folder: context.folder,
      answers,
      ...(kind ? { kind } : {}),
      ...(source ? { source } : {}),
      ...(timeZone ? { timeZone } : {}),
    }
    const proposed: Proposed[] = []
    const refused: { file: string; error: MarqueeError }[] = []
    for (const file of files) {
      const path = resolve(file)
      context.progress.step({ en: `Looking at ${basename(path)}`, zh: `查看 ${basename(path)}` })
      try {
        await requireFile(path, file)
        const sample = await readSample(path, () => openEmbedded(layout, settings), lists)
        const proposal = await settle(context, sample, options)
        proposed.push({ sample, proposal })
        for (const measure of proposal.otherMeasures) {
          const other = {
            source: `${proposal.settings.name}_${measure}`,
            answers: { ...answers, 'measure.value': measure },
          }
          proposed.push({ sample, proposal: await settle(context, sample, { ...options, ...other }) })
        }
      } catch (error) {
        if (!isMarqueeError(error)) throw error
        refused.push({ file, error })
      }
    }
    context.progress.done()
    const [only] = refused
    if (only && files.length === 1) throw only.error
    if (proposed.length === 0) throw allRefused(refused, files.length)
    const additions = groupAlike(context, proposed, settings.sources)
    await addSources(layout.settings, additions)
    return {
      rows: additions.flatMap(({ first: { sample, proposal } }) =>
        foldAlike(proposal.columns).map(({ column, header }) => ({
          file: basename(sample.path),
          column: header,
          field: column.field,
          unit: column.unit ?? column.format ?? null,
          reason: say(column.reason, context.locale),
        })),
      ),
      sources: additions.map(({ source: added }) => ({
        name: added.name,
        kind: added.kind,
        preset: added.preset ?? null,
        files: added.files,
      })),
      refused: refused.map(({ file, error }) => ({
        file: displayName(context.folder, resolve(file)),
        code: error.code,
        message: error.text,
        advice: error.advice ?? null,
      })),
      notes: [
        ...describeSamples(proposed),
        ...proposed.flatMap(({ proposal }) => proposal.notes),
        ...additions.map(({ source: added }) => ({
          en: `Wrote source ${added.name} (${added.kind}${added.preset ? `, ${added.preset}` : ''}) to marquee.yaml. Next: marquee build`,
          zh: `已将来源 ${added.name}（${added.kind}${added.preset ? `，${added.preset}` : ''}）写入 marquee.yaml。下一步：marquee build`,
        })),
        ...findReadTwice(additions, settings.sources),
        ...refused.map(({ file, error }) => describeRefused(file, error)),
      ],
    }
  },
})

/** Settles what the sample leaves open by asking, where somebody can be asked. @throws InputError that says what to give. */
async function settle(context: Context, sample: Sample, options: ProposeOptions): Promise<Proposal> {
  let proposal = proposeSource(sample, options)
  const answers: Record<string, string> = { ...options.answers }
  while (proposal.ambiguities.length > 0) {
    const [open] = proposal.ambiguities
    if (!open) break
    const chosen = open.choices.length > 0 ? await context.choose(open.question, open.choices) : undefined
    if (chosen === undefined || answers[open.about] === chosen) throw openQuestions(sample, proposal.ambiguities)
    answers[open.about] = chosen
    proposal = proposeSource(sample, { ...options, answers })
  }
  return proposal
}

/** One line for a run of columns that are read alike, as the weeks of a wide table are. */
function foldAlike(columns: readonly ProposedColumn[]): { column: ProposedColumn; header: string }[] {
  const runs: ProposedColumn[][] = []
  for (const column of columns) {
    const run = runs.at(-1)
    if (column.field !== null && run?.[0]?.field === column.field && run[0].reason.en === column.reason.en)
      run.push(column)
    else runs.push([column])
  }
  return runs.flatMap((run) => {
    const [column] = run
    if (column === undefined) return []
    return {
      column,
      header: run.length === 1 ? column.header : `${column.header} … ${run.at(-1)?.header} (${run.length})`,
    }
  })
}

/** What there is to know about how the files were read, each told once. */
function describeSamples(proposed: readonly Proposed[]): Text[] {
  return [...new Set(proposed.map(({ sample }) => sample))].flatMap(({ path, notes = [] }) =>
    notes.map(({ en, zh }) => ({ en: `${basename(path)}: ${en}`, zh: `${basename(path)}：${zh}` })),
  )
}

/** One source for files that are read alike, those of the project included; a name that is taken gets a number. */
function groupAlike(context: Context, proposed: readonly Proposed[], present: readonly SourceSettings[]): Addition[] {
  const readings = new Map(present.map((source) => [readingOf(source), source.name]))
  const taken = new Set(present.map(({ name, kind }) => `${name} ${kind}`))
  const additions = new Map<string, Addition>()
  for (const first of proposed) {
    const { settings, columns } = first.proposal
    const reading = readingOf(sourceSettings.parse(settings))
    const addition = additions.get(reading)
    if (addition) {
      addition.source.files = union(addition.source.files, settings.files)
      addition.source.ignore = union(addition.source.ignore, settings.ignore)
      addition.source.format = {
        ...addition.source.format,
        missing: union(addition.source.format?.missing, settings.format?.missing),
      }
      continue
    }
    const name = readings.get(reading) ?? freeName(settings.name, settings.kind, taken)
    taken.add(`${name} ${settings.kind}`)
    const reasons = Object.fromEntries(
      columns.flatMap(({ field, reason }) => (field === null ? [] : [[field, say(reason, context.locale)]])),
    )
    additions.set(reading, { source: { ...settings, name, files: [...settings.files] }, reasons, first })
  }
  return [...additions.values()]
}

/** Files that a source of the project reads as the same kind already, though otherwise: their rows count twice. */
function findReadTwice(additions: readonly Addition[], present: readonly SourceSettings[]): Text[] {
  return additions.flatMap(({ source }) =>
    present
      .filter(({ name, kind }) => kind === source.kind && name !== source.name)
      .flatMap((other) =>
        source.files
          .filter((file) => other.files.includes(file))
          .map((file) => ({
            en: `${file} is read by the source ${other.name} as well, so its rows count twice: remove one of the two from marquee.yaml.`,
            zh: `${file} 已由来源 ${other.name} 读取，其数据会重复计数：请在 marquee.yaml 中删去其中一个来源。`,
          })),
      ),
  )
}

/** What decides how rows are read: not the source's name and files, nor what is read past or stands for nothing. */
function readingOf({ name: _name, files: _files, ignore: _ignore, format, ...reading }: SourceSettings): string {
  return JSON.stringify({ ...reading, format: { ...format, missing: [] } })
}

const union = (one: readonly string[] = [], other: readonly string[] = []): string[] => [...new Set([...one, ...other])]

function freeName(name: string, kind: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let number = 2; taken.has(`${free} ${kind}`); number++) free = `${name}_${number}`
  return free
}

async function requireFile(path: string, given: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return
  if (found) {
    throw new InputError(
      { en: 'This is a folder; name the files in it.', zh: '这是文件夹，请指定其中的文件。' },
      { code: 'not-a-file', value: given, advice: { en: `Try ${given}/*.`, zh: `可试 ${given}/*。` } },
    )
  }
  throw new InputError(
    { en: 'There is no such file.', zh: '没有该文件。' },
    {
      code: 'file-missing',
      value: given,
      advice: {
        en: 'Check the path: it is read from the current folder.',
        zh: '请检查路径：相对路径以当前文件夹为准。',
      },
    },
  )
}

function requireTimeZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return
  throw new InputError(
    { en: 'There is no such time zone.', zh: '没有该时区。' },
    {
      code: 'time-zone-unknown',
      value: timeZone,
      advice: {
        en: 'Use an IANA name such as Asia/Shanghai, Europe/Berlin or UTC.',
        zh: '请使用 IANA 时区名，如 Asia/Shanghai、Europe/Berlin 或 UTC。',
      },
    },
  )
}
