import iconv from 'iconv-lite'
import type { Random } from '../kernels/random.ts'
import type { Catalogue } from './catalogue.ts'
import { daySeconds, formatDay, formatLocal, Zone } from './local-time.ts'
import { auroraForms, changjiangForms } from './name-forms.ts'
import { OutputFile } from './output-file.ts'
import { endDay } from './parameters.ts'
import type { Schedule } from './schedule.ts'

/** Data rows by file. */
export type Rows = Record<string, number>

const primeHours = [18, 19, 20, 21, 22] as const

/** harbour-tv: its airings, `;` between fields, day first; and a table of weekly ratings with a column a week. */
export async function writeHarbour(
  folder: string,
  catalogue: Catalogue,
  schedule: Schedule,
  startDay: number,
  random: Random,
): Promise<Rows> {
  const zone = new Zone('Europe/London', (startDay - 1) * daySeconds, (endDay + 1) * daySeconds)
  const airings = new OutputFile(folder, 'harbour-tv/schedule.csv')
  airings.write('Channel;Programme;Start;Minutes')
  for (let day = startDay; day < endDay; day++) {
    for (const hour of primeHours) {
      const unit = catalogue.units[schedule.unitAt(day, hour)]
      const work = unit && catalogue.works[unit.work]
      if (unit === undefined || work === undefined) continue
      const utc = day * daySeconds + hour * 3600
      const [date, clock] = formatLocal(utc, zone.offsetAt(utc), ' ').split(' ')
      const [year, month, dayOfMonth] = (date ?? '').split('-')
      const start = `${dayOfMonth}/${month}/${year} ${clock?.slice(0, 5)}`
      airings.write(`Harbour TV;${auroraForms(work, unit)[0]};${start};${unit.runtimeSeconds / 60}`)
    }
    if (airings.isFull) await airings.drain()
  }
  await airings.close()

  const ratings = new OutputFile(folder, 'harbour-tv/ratings.csv')
  const weeks: number[] = []
  for (let day = startDay; day < endDay; day += 7) weeks.push(day)
  ratings.write(['Programme', 'Channel', ...weeks.map((day) => `w/c ${formatDay(day)}`)].join(';'))
  for (const index of schedule.works()) {
    const work = catalogue.works[index]
    if (work === undefined) continue
    const cells = weeks.map(() =>
      random.uniform() < 0.05 ? '' : (0.4 + 6 * work.weight * (0.9 + 0.2 * random.uniform())).toFixed(2),
    )
    ratings.write([work.en, 'Harbour TV', ...cells].join(';'))
  }
  await ratings.close()
  return { [airings.path]: airings.lines - 1, [ratings.path]: ratings.lines - 1 }
}

/** 长江卫视: its airings in GB18030, one an hour. */
export async function writeChangjiang(
  folder: string,
  catalogue: Catalogue,
  schedule: Schedule,
  startDay: number,
): Promise<Rows> {
  const file = new OutputFile(folder, '长江卫视/节目单.csv')
  const write = (line: string): number => file.write(iconv.encode(line, 'gb18030').toString('latin1'))
  write('频道,节目名称,开始时间,结束时间')
  for (let day = startDay; day < endDay; day++) {
    for (let hour = 0; hour < 24; hour++) {
      const unit = catalogue.units[schedule.unitAt(day, hour)]
      const work = unit && catalogue.works[unit.work]
      if (unit === undefined || work === undefined) continue
      const start = day * daySeconds + hour * 3600
      const times = [formatLocal(start, 0, ' '), formatLocal(start + unit.runtimeSeconds, 0, ' ')]
      write(['长江卫视', changjiangForms(work, unit)[0], ...times].join(','))
    }
    if (file.isFull) await file.drain()
  }
  await file.close()
  return { [file.path]: file.lines - 1 }
}
