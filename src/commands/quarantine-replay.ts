import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import { csvText } from '../export/csv.ts'
import { splitLine } from '../ingest/detect/detect-delimiter.ts'
import { readRecords } from '../ingest/read/read-records.ts'
import { addSources } from '../project/add-sources.ts'
import { layoutOf } from '../project/layout.ts'
import { loadSettings } from '../project/load-settings.ts'
import { formatSettings, type SourceSettings } from '../project/settings.ts'
import { readBuildRecord } from '../quality/build-record.ts'
import { about, note, question } from '../question.ts'

interface MendedRow {
  readonly file: string
  readonly raw: string
  /** Where the row stands in the mended file. */
  readonly line: number
}

/** Takes quarantined rows that a person has mended in an exported file back in, as a file of their own beside the source. */
export const replayQuarantine = question({
  name: 'quarantine replay',
  summary: { en: 'take mended rows of an exported quarantine back in', zh: '将导出并修正后的隔离行重新纳入' },
  examples: ['marquee quarantine replay mended.csv'],
  parameters: z.object({
    file: z
      .string()
      .meta(
        about(
          'An export whose `raw` column was mended; rows left out stay quarantined',
          '已修正 raw 列的导出文件；删去的行仍保持隔离',
          { position: 0 },
        ),
      ),
  }),
  result: z.object({
    rows: z.array(
      z.object({
        source: z.string().meta(about('Source', '来源')),
        file: z.string().meta(about('Written to', '写入文件')),
        replayed: z.int().meta(about('Rows', '行数')),
      }),
    ),
    notes: z.array(note),
  }),
  async ask(context, { file }) {
    const layout = layoutOf(context.folder)
    const settings = await loadSettings(layout.settings)
    const { ledgers } = await readBuildRecord((await context.warehouse()).folder)
    const mended = await readMended(resolve(file))
    const bySource = new Map<SourceSettings, MendedRow[]>()
    for (const row of mended) {
      const ledger = ledgers.find((candidate) => candidate.file === row.file)
      const source = settings.sources.find(({ name, kind }) => name === ledger?.source && kind === ledger.kind)
      if (!source) {
        throw new InputError(
          { en: 'No source has that file.', zh: '没有来源包含该文件。' },
          {
            code: 'file-unknown',
            value: row.file,
            file,
            line: row.line,
          },
        )
      }
      bySource.set(source, [...(bySource.get(source) ?? []), row])
    }
    const rows = []
    for (const [source, own] of bySource) {
      const written = await writeReplay(context.folder, source, own, file)
      await addSources(layout.settings, [{ source: replaySource(source, written), reasons: {} }])
      rows.push({ source: source.name, file: written, replayed: own.length })
    }
    return {
      rows,
      notes: [
        {
          en: `${mended.length} rows are ready. Run \`marquee build\` to take them in.`,
          zh: `${mended.length} 行已就绪。运行 \`marquee build\` 纳入。`,
        },
      ],
    }
  },
})

async function readMended(path: string): Promise<MendedRow[]> {
  const { columns, batches } = await readRecords(path, formatSettings.parse({}))
  const [file, raw] = ['file', 'raw'].map((name) => columns.indexOf(name))
  if (file === undefined || raw === undefined || file < 0 || raw < 0) {
    throw new InputError(
      {
        en: 'This is no export of the quarantine: it needs the columns file and raw.',
        zh: '这不是隔离区的导出文件：缺少 file 与 raw 列。',
      },
      {
        code: 'not-an-export',
        value: columns.join(', '),
        file: path,
        advice: {
          en: 'Write one with `marquee quarantine export mended.csv`, mend its raw column, and replay it.',
          zh: '请用 `marquee quarantine export mended.csv` 导出，修正 raw 列后再重新纳入。',
        },
      },
    )
  }
  const rows: MendedRow[] = []
  for await (const batch of batches) {
    for (const record of batch) {
      if ('malformed' in record) {
        throw new InputError(record.malformed, {
          code: 'row-malformed',
          value: record.raw,
          file: path,
          line: record.line,
        })
      }
      const cell = (index: number) => (record.fields[index] ?? '').replace(/^'(?=[=+\-@＝＋－＠])/, '')
      rows.push({ file: cell(file), raw: cell(raw), line: record.line })
    }
  }
  return rows
}

/** Writes the rows as plain CSV under the columns of the source; returns the path within the project. */
async function writeReplay(
  folder: string,
  source: SourceSettings,
  rows: readonly MendedRow[],
  mended: string,
): Promise<string> {
  const [first] = rows
  const { columns } = await readRecords(resolve(folder, first?.file ?? ''), source.format)
  const delimiter = source.format.type === 'delimited' ? source.format.delimiter : ','
  const cells = rows.map(({ raw, line }) => {
    const fields = splitLine(raw, delimiter, source.format.quote)
    if (fields.length !== columns.length) {
      throw new InputError(
        {
          en: `A mended row has ${fields.length} fields where its file has ${columns.length}.`,
          zh: `修正后的行有 ${fields.length} 个字段，而其文件有 ${columns.length} 个。`,
        },
        {
          code: 'row-malformed',
          value: raw,
          file: mended,
          line,
        },
      )
    }
    return Object.fromEntries(columns.map((name, index) => [name, fields[index] ?? null]))
  })
  const home = join(folder, 'replayed')
  await mkdir(home, { recursive: true })
  const number = (await readdir(home)).length + 1
  const name = `${source.name}-${source.kind}-${number}.csv`
  const text: string[] = []
  const batches = (async function* () {
    yield cells
  })()
  for await (const piece of csvText(columns, batches, { guard: false })) text.push(piece)
  await writeFile(join(home, name), text.join(''), { flag: 'wx', mode: 0o600 })
  return `replayed/${name}`
}

/** The source as it is, but for its file and layout; its viewers and titles stay those of the source. */
function replaySource(source: SourceSettings, file: string) {
  const { preset: _preset, ...reading } = source
  return {
    ...reading,
    name: `${source.name}-replayed`,
    files: [file],
    format: { missing: source.format.missing },
    titleIds: source.titleIds ?? source.name,
    viewerIds: source.viewerIds ?? source.name,
  }
}
