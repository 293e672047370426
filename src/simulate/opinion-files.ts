import { hash32, Random } from '../kernels/random.ts'
import { plantCampaigns } from './campaign.ts'
import type { Catalogue, Work } from './catalogue.ts'
import { writeTable } from './catalogue-files.ts'
import { danmakuLines, plantMoments } from './danmaku.ts'
import { formatDay, formatLocal } from './local-time.ts'
import { endDay } from './parameters.ts'
import { describeViewer } from './plays.ts'
import { plantReviews } from './reviews.ts'
import { aurora, playSources, qingfeng } from './sources.ts'
import type { Rows } from './station-files.ts'

const media = ['search', 'social', 'television', 'outdoor', 'video'] as const

function isAbout(value: Work | undefined): value is Work {
  return value !== undefined && !value.isReal
}

/**
 * Ratings, and about invented works alone: reviews, timed comments and campaign spend. At most 200,000 rows each. `truth/moments.csv` tells what
 * many comment on, `truth/reviews.csv` which reviews are favourable, `truth/campaigns.csv` which are organised.
 */
export async function writeOpinions(
  folder: string,
  catalogue: Catalogue,
  options: { viewers: number; seed: number },
  startDay: number,
  random: Random,
): Promise<Rows> {
  const { viewers, seed } = options
  const windowSeconds = (endDay - startDay) * 86_400
  const momentBy = (own: Random) => (): number => startDay * 86_400 + own.integer(windowSeconds)
  const moment = momentBy(random)
  const invented = catalogue.works.filter((work) => isAbout(work) && (work.units[0]?.releaseDay ?? endDay) < startDay)
  const findViewers = (source: number, limit: number): number[] => {
    const found: number[] = []
    for (let viewer = 0; viewer < viewers && found.length < limit; viewer++) {
      if (describeViewer(seed, viewer).source === source) found.push(viewer)
    }
    return found
  }
  const raters = findViewers(playSources.indexOf(aurora), 50_000)
  const senders = findViewers(playSources.indexOf(qingfeng), 50_000)
  const id = (source: typeof aurora, viewer: number | undefined): string => source.viewerId(viewer ?? 0)

  function* ratings(): Iterable<(string | number)[]> {
    for (const viewer of raters) {
      const first = random.integer(catalogue.works.length)
      for (let step = 0; step < 3; step++) {
        const work = catalogue.works[(first + step * 17) % catalogue.works.length]
        if (work === undefined || (work.units[0]?.releaseDay ?? endDay) >= startDay) continue
        const stars = Math.min(5, Math.max(1, Math.round(random.normal(1.5 + 4 * work.completion, 0.9))))
        const name = work.isAmbiguous ? `${work.en} (${work.year})` : work.en
        yield [id(aurora, viewer), name, stars, `${formatLocal(moment(), 0, 'T')}Z`]
      }
    }
  }
  const ofReviews = new Random(hash32(seed % 2 ** 32, 6))
  const reviews = plantReviews(invented, { viewers, raters, moment: momentBy(ofReviews) }, ofReviews)
  const series = invented.filter((work) => work.type === 'series')
  const ofDanmaku = new Random(hash32(seed % 2 ** 32, 5))
  const moments = plantMoments(series, ofDanmaku)
  const comments = { count: Math.min(20_000, viewers * 2), senders, moment: momentBy(ofDanmaku) }
  function* planted(): Iterable<(string | number)[]> {
    for (const { work, startSeconds, endSeconds, text } of moments) {
      const { season = 0, episode = 0 } = work.units[0] ?? {}
      yield [work.key, season, episode, startSeconds, endSeconds, text]
    }
  }
  const organised = plantCampaigns(invented, raters, { startDay, endDay }, new Random(hash32(seed % 2 ** 32, 7)))
  function* spend(): Iterable<(string | number)[]> {
    for (const work of invented.slice(0, 12)) {
      for (let day = startDay; day < endDay; day += 7) {
        for (const medium of media) {
          const amount = Math.round(random.gamma(2, 4000))
          const impressions = amount * (40 + random.integer(60))
          const clicks = random.poisson(impressions / 100)
          const name = work.isAmbiguous ? `${work.en} (${work.year})` : work.en
          yield [formatDay(day), `${work.key} launch`, name, medium, amount, 'CNY', impressions, clicks]
        }
      }
    }
  }
  const header = (text: string): string[] => text.split(',')
  await writeTable(
    folder,
    'truth/moments.csv',
    header('title,season,episode,start_seconds,end_seconds,text'),
    planted(),
  )
  const organisedLines = organised.map(([, title = ''], index) => ({ line: reviews.length + index + 2, title }))
  await writeTable(folder, 'truth/reviews.csv', header('line,title,is_favourable'), [
    ...reviews.map(({ work, isFavourable }, index) => [index + 2, work.key, String(isFavourable)]),
    ...organisedLines.map(({ line, title }) => [line, title, 'true']),
  ])
  await writeTable(
    folder,
    'truth/campaigns.csv',
    header('file,line,title'),
    organisedLines.map(({ line, title }) => ['reviews/reviews.csv', line, title]),
  )
  return {
    ...(await writeTable(folder, 'ratings/ratings.csv', header('user_id,title,rating,rated_at'), ratings())),
    ...(await writeTable(folder, 'reviews/reviews.csv', header('user_id,title,rating,text,likes,reviewed_at'), [
      ...reviews.map(({ row }) => row),
      ...organised,
    ])),
    ...(await writeTable(
      folder,
      'danmaku/弹幕.csv',
      header('用户ID,片名,出现秒数,弹幕内容,发送时间'),
      danmakuLines(series, moments, comments, ofDanmaku),
    )),
    ...(await writeTable(
      folder,
      'spend/spend.csv',
      header('week,campaign,title,media,amount,currency,impressions,clicks'),
      spend(),
    )),
  }
}
