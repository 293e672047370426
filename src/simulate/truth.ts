import type { RuleId } from '../quality/rules.ts'
import type { Catalogue } from './catalogue.ts'
import { daySeconds, formatDay } from './local-time.ts'
import { unknownNames } from './name-forms.ts'
import { OutputFile } from './output-file.ts'
import { playSources } from './sources.ts'

/** UTF-8 bytes of a line of CSV. */
export function csvLine(values: readonly (string | number | null)[]): string {
  const cells = values.map((value) => {
    const text = value === null ? '' : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  })
  return Buffer.from(cells.join(','), 'utf8').toString('latin1')
}

const unknown = [...unknownNames.english, ...unknownNames.chinese]

/** What is true about the simulated plays, gathered while they are written. */
export class Truth {
  /** Rows by rule, by file. */
  readonly defects: Record<string, Partial<Record<RuleId, number>>> = {}
  private readonly file: OutputFile
  private readonly folder: string
  private readonly catalogue: Catalogue
  private readonly firstDay: number
  private readonly days: number
  private readonly seconds: Float64Array
  private readonly advertisingSeconds: Float64Array
  private readonly plays: Uint32Array
  private readonly validPlays: Uint32Array

  constructor(folder: string, catalogue: Catalogue, startDay: number, days: number) {
    this.folder = folder
    this.catalogue = catalogue
    this.firstDay = startDay - 1
    this.days = days + 3
    const cells = (catalogue.works.length + unknown.length) * this.days
    this.seconds = new Float64Array(cells)
    this.advertisingSeconds = new Float64Array(cells)
    this.plays = new Uint32Array(cells)
    this.validPlays = new Uint32Array(cells)
    this.file = new OutputFile(folder, 'truth/defects.csv')
    this.file.write('file,line,rule')
  }

  get isFull(): boolean {
    return this.file.isFull
  }

  drain(): Promise<void> {
    return this.file.drain()
  }

  /** Records that a line of a file breaks a rule. */
  plant(file: string, fileBytes: string, line: number, rule: RuleId): void {
    this.file.write(`${fileBytes},${line},${rule}`)
    this.defects[file] ??= {}
    const counts = this.defects[file]
    counts[rule] = (counts[rule] ?? 0) + 1
  }

  /** Counts a play that is to be accepted; `work` is an index into the catalogue, or beyond it of an unknown name. */
  count(work: number, utc: number, seconds: number, speed: number, isAdvertising: boolean): void {
    const cell = work * this.days + Math.floor(utc / daySeconds) - this.firstDay
    if (isAdvertising) {
      this.advertisingSeconds[cell] = (this.advertisingSeconds[cell] ?? 0) + seconds
      return
    }
    this.seconds[cell] = (this.seconds[cell] ?? 0) + seconds
    this.plays[cell] = (this.plays[cell] ?? 0) + 1
    if (speed < 3 && seconds > 3) this.validPlays[cell] = (this.validPlays[cell] ?? 0) + 1
  }

  /** Writes `daily_minutes.csv` and `titles.csv`. */
  async close(wasWritten: (source: number, name: number) => boolean): Promise<void> {
    await this.file.close()
    const minutes = new OutputFile(this.folder, 'truth/daily_minutes.csv')
    minutes.write('title,day,minutes,plays,valid_plays,advertising_minutes')
    const keys = [...this.catalogue.works.map((work) => work.key), ...unknown.map((name) => `unknown:${name}`)]
    for (const [index, key] of keys.entries()) {
      for (let day = 0; day < this.days; day++) {
        const cell = index * this.days + day
        const seconds = this.seconds[cell] ?? 0
        const advertising = this.advertisingSeconds[cell] ?? 0
        if (seconds + advertising === 0) continue
        const counts = [this.plays[cell] ?? 0, this.validPlays[cell] ?? 0]
        const values = [(seconds / 60).toFixed(4), ...counts, (advertising / 60).toFixed(4)]
        minutes.write(csvLine([key, formatDay(this.firstDay + day), ...values]))
      }
      if (minutes.isFull) await minutes.drain()
    }
    await minutes.close()
    await this.writeTitles(wasWritten)
  }

  private async writeTitles(wasWritten: (source: number, name: number) => boolean): Promise<void> {
    const titles = new OutputFile(this.folder, 'truth/titles.csv')
    titles.write('source,name,title,season,episode')
    for (const [place, source] of playSources.entries()) {
      for (const [index, unit] of this.catalogue.units.entries()) {
        const work = this.catalogue.works[unit.work]
        if (work === undefined || !source.carries(work)) continue
        for (const [form, name] of source.forms(work, unit).entries()) {
          if (!wasWritten(place, index * 3 + form)) continue
          titles.write(csvLine([source.name, name, work.key, unit.season || null, unit.episode || null]))
        }
      }
      for (const [index, name] of source.unknown.entries()) {
        if (wasWritten(place, this.catalogue.units.length * 3 + index))
          titles.write(csvLine([source.name, name, '', '', '']))
      }
      if (titles.isFull) await titles.drain()
    }
    await titles.close()
  }
}
