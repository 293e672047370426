import type { Engine, Row } from '../../engine/engine.ts'
import { InputError } from '../../errors.ts'
import { groupBy } from '../../group-by.ts'
import type { ResolvedTitle } from '../../warehouse/resolve-title.ts'
import { type CommentRow, type TitleBins, titleBins, type ViewingRow } from './bins.ts'
import { commentBins, type ScenesFilter, titlesStatement, viewingBins } from './query.ts'

interface TitleRow extends Row {
  title_id: string
  name: string
  season: number | null
  episode: number | null
  runtime_seconds: number | null
}

/** A film or an episode with something at a place. */
export interface TitleWithBins {
  readonly titleId: string
  readonly name: string
  readonly runtimeSeconds: number | null
  readonly bins: TitleBins
}

/**
 * The film, or the episodes of a series, that have timed comments or plays with positions.
 * @throws InputError `unknown-episode` where the season and episode asked for are not there.
 */
export async function readTitles(engine: Engine, title: ResolvedTitle, filter: ScenesFilter): Promise<TitleWithBins[]> {
  const all = await engine.query<TitleRow>(titlesStatement(filter.titleId))
  const is = (value: number | null, wanted: number | undefined) => wanted === undefined || Number(value) === wanted
  const chosen = all.filter(({ season, episode }) => is(season, filter.season) && is(episode, filter.episode))
  if (chosen.length === 0) throw unknownEpisode(title, filter, all)
  const comments = groupBy(await engine.query<CommentRow>(commentBins(filter)), ({ title_id }) => title_id)
  const viewing = groupBy(await engine.query<ViewingRow>(viewingBins(filter)), ({ title_id }) => title_id)
  return chosen.flatMap(({ title_id, name, runtime_seconds }) => {
    const [said, seen] = [comments.get(title_id) ?? [], viewing.get(title_id) ?? []]
    if (said.length + seen.length === 0) return []
    return { titleId: title_id, name, runtimeSeconds: runtime_seconds, bins: titleBins(said, seen, runtime_seconds) }
  })
}

function unknownEpisode(title: ResolvedTitle, { season, episode }: ScenesFilter, all: readonly TitleRow[]): InputError {
  const seasons = [...new Set(all.flatMap((row) => (row.season === null ? [] : [Number(row.season)])))]
  const known = seasons.map((number) => {
    const episodes = all.flatMap((row) =>
      Number(row.season) === number && row.episode !== null ? [Number(row.episode)] : [],
    )
    const range = episodes.length > 0 ? `E${Math.min(...episodes)}–${Math.max(...episodes)}` : ''
    return `S${number}${range}`
  })
  const asked = [season === undefined ? '' : `S${season}`, episode === undefined ? '' : `E${episode}`].join('')
  return new InputError(
    { en: `“${title.name}” has no ${asked}.`, zh: `“${title.name}”没有 ${asked}。` },
    {
      code: 'unknown-episode',
      value: asked,
      advice:
        known.length > 0
          ? { en: `There are: ${known.join(', ')}.`, zh: `现有：${known.join('、')}。` }
          : {
              en: 'It has no seasons and episodes: leave out --season and --episode.',
              zh: '该影片不分季与集：请去掉 --season 与 --episode。',
            },
    },
  )
}
