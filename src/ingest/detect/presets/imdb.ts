import type { FormatDraft } from '../proposal.ts'
import type { Preset } from './preset.ts'

const format: FormatDraft = { quote: '', missing: ['\\N'] }
const imdb = { kind: 'title', format, titleIds: 'imdb' } as const
const digits = '^tt(\\d+)'
const language = { en: 'Says which translation it is.', zh: '说明是哪种译名。' }

export const imdbBasics: Preset = {
  ...imdb,
  name: 'imdb-title-basics',
  about: { en: 'IMDb title.basics; runtimes are in minutes', zh: 'IMDb title.basics；片长以分钟计' },
  headers: ['tconst', 'titleType', 'primaryTitle', 'originalTitle', 'startYear', 'runtimeMinutes', 'genres'],
  columns: {
    title_id: { from: 'tconst', extract: digits },
    title: { from: 'primaryTitle' },
    original_title: { from: 'originalTitle' },
    title_type: { from: 'titleType' },
    year: { from: 'startYear' },
    runtime_seconds: { from: 'runtimeMinutes', unit: 'minutes' },
    genres: { from: 'genres', separator: ',' },
  },
}

export const imdbRatings: Preset = {
  ...imdb,
  name: 'imdb-title-ratings',
  kind: 'panel_rating',
  about: {
    en: 'IMDb title.ratings: mean ratings without single viewers',
    zh: 'IMDb title.ratings：没有单个观众的平均评分',
  },
  headers: ['tconst', 'averageRating', 'numVotes'],
  others: [],
  format: { ...format, unpivot: { columns: '^(averageRating|numVotes)$', key: 'measure', value: 'value' } },
  columns: {
    title_id: { from: 'tconst', extract: digits },
    measure: { from: 'measure' },
    value: { from: 'value' },
    channel: { value: 'IMDb' },
  },
}

export const imdbAkas: Preset = {
  ...imdb,
  name: 'imdb-title-akas',
  about: { en: 'IMDb title.akas: names of titles by country', zh: 'IMDb title.akas：各地译名' },
  headers: ['titleId', 'ordering', 'title', 'region', 'language'],
  columns: { title_id: { from: 'titleId', extract: digits }, title: { from: 'title' } },
  ignore: { region: language, language },
}

export const imdbPrincipals: Preset = {
  ...imdb,
  name: 'imdb-title-principals',
  kind: 'credit',
  about: { en: 'IMDb title.principals: credits by person id', zh: 'IMDb title.principals：按人员编号的演职员' },
  headers: ['tconst', 'ordering', 'nconst', 'category', 'characters'],
  columns: {
    title_id: { from: 'tconst', extract: digits },
    person: { from: 'nconst' },
    role: { from: 'category' },
    character: { from: 'characters', extract: '^\\["(.*)"\\]$' },
    billing: { from: 'ordering' },
  },
}

export const imdbNames: Preset = {
  ...imdb,
  name: 'imdb-name-basics',
  kind: 'credit',
  about: {
    en: 'IMDb name.basics: people with the titles they are known for, of which the first is kept',
    zh: 'IMDb name.basics：人员及其代表作，取第一部',
  },
  headers: ['nconst', 'primaryName', 'primaryProfession', 'knownForTitles'],
  columns: {
    person: { from: 'primaryName' },
    role: { from: 'primaryProfession', extract: '^([^,]+)' },
    title_id: { from: 'knownForTitles', extract: digits },
  },
}
