import type { TitleReference } from '../../src/titles/title.ts'

/** A reference of which a test says only what matters to it. */
export function reference(key: string, values: Partial<TitleReference> = {}): TitleReference {
  const source = values.source ?? key.split('/')[0] ?? key
  return {
    key,
    source,
    idSpace: source,
    externalId: null,
    name: null,
    originalName: null,
    year: null,
    season: null,
    episode: null,
    series: null,
    type: 'unknown',
    isCatalogue: false,
    runtimeSeconds: null,
    releaseDate: null,
    people: [],
    rows: 1,
    ...values,
  }
}
