import type { Random } from '../kernels/random.ts'
import type { RuleId } from '../quality/rules.ts'
import type { Catalogue } from './catalogue.ts'
import { formatDay } from './local-time.ts'
import { formCount, unknownNames } from './name-forms.ts'
import { OutputFile } from './output-file.ts'
import type { Cells, PlaySource } from './sources.ts'
import type { Truth } from './truth.ts'

/** One play before it is written. */
export interface Play {
  /** Index into the catalogue's units. */
  unit: number
  /** The id as a cell of the source that is written to. */
  viewer: string
  /** Index of the viewer, which settles region and offset. */
  place: number
  utc: number
  offset: number
  seconds: number
  device: number
  speed: number
  isAdvertising: boolean
}

const badStarts = ['2025-02-30 12:61:00', 'yesterday 8pm', '2025-13-01 08:00:00', '25:00']
const badLengths = ['abc', '1,5h', '??', 'twelve']
const warned: ReadonlySet<RuleId> = new Set(['beyond-next-event', 'overlapping-session', 'unknown-title'])

/** Writes the plays of one source, with the defect asked for, and tells the truth about each line. */
export class SourceWriter {
  readonly source: PlaySource
  /** Data rows by file. */
  readonly rows: Record<string, number> = {}
  private readonly folder: string
  private readonly catalogue: Catalogue
  private readonly truth: Truth
  private readonly random: Random
  private readonly names: string[] = []
  private readonly written: Uint8Array
  private readonly unknown: string[]
  private readonly unknownWork: number
  private readonly cells: Cells
  private file: OutputFile
  private pathBytes = ''
  private copies: { line: string; rule: RuleId }[] = []
  private plays = 0

  constructor(folder: string, source: PlaySource, catalogue: Catalogue, truth: Truth, random: Random, path: string) {
    this.folder = folder
    this.source = source
    this.catalogue = catalogue
    this.truth = truth
    this.random = random
    for (const unit of catalogue.units) {
      const work = catalogue.works[unit.work]
      const forms = work !== undefined && source.carries(work) ? source.forms(work, unit) : []
      for (let form = 0; form < formCount; form++) this.names.push(source.cell(forms[form] ?? ''))
    }
    this.unknown = source.unknown.map((name) => source.cell(name))
    this.unknownWork = catalogue.works.length + (source.unknown === unknownNames.chinese ? 40 : 0)
    this.written = new Uint8Array(this.names.length + this.unknown.length)
    this.cells = {
      viewer: '',
      title: '',
      start: '',
      watched: '',
      device: '',
      region: '',
      playId: '',
      speed: 1,
      isAdvertising: false,
      isBot: false,
      positionStart: 0,
      positionEnd: 0,
    }
    this.file = this.open(path)
  }

  get isFull(): boolean {
    return this.file.isFull
  }

  drain(): Promise<void> {
    return this.file.drain()
  }

  /** Goes on in another file. */
  async rotate(path: string): Promise<void> {
    await this.close()
    this.file = this.open(path)
  }

  async close(): Promise<void> {
    this.writeCopies()
    this.rows[this.file.path] = this.file.lines - (this.source.header === undefined ? 0 : 1)
    await this.file.close()
  }

  wasWritten(name: number): boolean {
    return this.written[name] === 1
  }

  /** Writes one play; with a rule, so that the row (or the copy that follows it) breaks that rule and no other. */
  write(play: Play, rule?: RuleId): void {
    const { source, cells } = this
    const steps = Math.max(1, Math.floor(play.seconds / source.step + 1e-9))
    this.fill(play, steps)
    const unit = this.catalogue.units[play.unit]
    let work = unit?.work ?? 0
    switch (rule) {
      case 'required-missing': {
        const field = (['viewer', 'title', 'start', 'watched'] as const)[this.random.integer(4)] ?? 'viewer'
        cells[field] = source.missing
        break
      }
      case 'unparseable':
        if (this.random.uniform() < 0.5) cells.start = source.cell(badStarts[this.random.integer(4)] ?? '')
        else cells.watched = source.cell(badLengths[this.random.integer(4)] ?? '')
        break
      case 'non-positive-duration':
        cells.watched = source.duration(this.random.uniform() < 0.5 ? 0 : -steps)
        break
      case 'excessive-duration':
        cells.watched = source.duration(Math.floor(((25 + 30 * this.random.uniform()) * 3600) / source.step))
        break
      case 'start-in-future':
        cells.start = source.start(play.utc + (26_000 + this.random.integer(3000)) * 86_400, play.offset)
        break
      case 'marked-bot':
        cells.isBot = true
        break
      case 'unknown-title': {
        const index = this.random.integer(this.unknown.length)
        cells.title = this.unknown[index] ?? ''
        this.written[this.names.length + index] = 1
        work = this.unknownWork + index
        break
      }
      default:
    }
    const isCopied = rule === 'exact-duplicate' || rule === 'duplicate-key'
    const line = rule === 'malformed-row' ? source.malformed(cells, this.random.integer(4)) : source.row(cells)
    const number = this.file.write(line)
    if (rule === undefined || isCopied || warned.has(rule)) {
      this.truth.count(work, play.utc, steps * source.step, play.speed, play.isAdvertising)
    }
    if (rule === undefined) return
    if (!isCopied) {
      this.truth.plant(this.file.path, this.pathBytes, number, rule)
      return
    }
    if (rule === 'duplicate-key') cells.watched = source.duration(steps + 1)
    this.copies.push({ line: source.row(cells), rule })
    if (this.copies.length >= 25) this.writeCopies()
  }

  private fill(play: Play, steps: number): void {
    const { source, cells } = this
    const form = this.random.uniform() < 0.7 ? 0 : 1 + this.random.integer(formCount - 1)
    const name = play.unit * formCount + form
    this.written[name] = 1
    cells.viewer = play.viewer
    cells.title = this.names[name] ?? ''
    cells.start = source.start(play.utc, play.offset)
    cells.watched = source.duration(steps)
    cells.device = source.devices[play.device % source.devices.length] ?? ''
    cells.region = source.regions[play.place % source.regions.length] ?? ''
    cells.playId = `p${(++this.plays).toString(36).padStart(7, '0')}`
    cells.speed = play.speed
    cells.isAdvertising = play.isAdvertising
    cells.isBot = false
    const runtime = this.catalogue.units[play.unit]?.runtimeSeconds ?? 0
    cells.positionStart = 0
    cells.positionEnd = Math.min(runtime, Math.round(play.seconds * play.speed))
  }

  private writeCopies(): void {
    for (const { line, rule } of this.copies)
      this.truth.plant(this.file.path, this.pathBytes, this.file.write(line), rule)
    this.copies = []
  }

  private open(path: string): OutputFile {
    const file = new OutputFile(this.folder, path, this.source.encoding)
    this.pathBytes = Buffer.from(path, 'utf8').toString('latin1')
    if (this.source.header !== undefined) file.write(this.source.header)
    return file
  }
}

/** The file of cobalt's plays from `day` on. */
export const cobaltPath = (day: number): string => `cobalt/plays-${formatDay(day)}.jsonl.gz`
