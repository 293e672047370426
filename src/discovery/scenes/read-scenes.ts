import { z } from 'zod'
import type { Engine, Row } from '../../engine/engine.ts'
import { about } from '../../question.ts'
import type { FoundMoment } from './find-moments.ts'
import { type ScenesFilter, scenesStatement } from './query.ts'

const seconds = (en: string, zh: string) => z.number().meta(about(en, zh, { unit: 'seconds', detail: true }))

export const scene = z.object({
  startSeconds: seconds('Start of the scene', '场景开始'),
  endSeconds: seconds('End of the scene', '场景结束'),
  location: z
    .string()
    .nullable()
    .meta(about('Location', '地点', { as: 'prose' })),
  characters: z.array(z.string()).meta(about('Characters', '角色', { as: 'prose' })),
  description: z
    .string()
    .nullable()
    .meta(about('Description', '描述', { detail: true })),
})
export type Scene = z.output<typeof scene>

interface SceneRow extends Row {
  title_id: string
  start_seconds: number
  end_seconds: number
  location: string | null
  characters: string | null
  description: string | null
}

/** Of each of `moments` the scene that shares most time with it; none where no source tells of one. */
export async function readScenes(
  engine: Engine,
  moments: readonly FoundMoment[],
  filter: ScenesFilter,
): Promise<Map<FoundMoment, Scene>> {
  if (moments.length === 0) return new Map()
  const rows = await engine.query<SceneRow>(scenesStatement(filter))
  return new Map(
    moments.flatMap((moment) => {
      const shared = (row: SceneRow) =>
        Math.min(row.end_seconds, moment.endSeconds) - Math.max(row.start_seconds, moment.startSeconds)
      const [first] = rows
        .filter((row) => row.title_id === moment.titleId && shared(row) > 0)
        .sort((a, b) => shared(b) - shared(a) || a.start_seconds - b.start_seconds)
      return first ? [[moment, sceneFrom(first)]] : []
    }),
  )
}

function sceneFrom({ start_seconds, end_seconds, location, characters, description }: SceneRow): Scene {
  return {
    startSeconds: start_seconds,
    endSeconds: end_seconds,
    location,
    characters: characters?.split('|') ?? [],
    description,
  }
}
