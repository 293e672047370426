import type { Preset } from './preset.ts'

const integer = '^\\d+$'
const unix = '^\\d{9,10}$'
const genres = { from: 'genres', separator: '|' }
const year = { from: 'title', extract: '\\((\\d{4})\\)\\s*$' }
const title = { from: 'title', extract: '^(.*?)(?:\\s*\\(\\d{4}\\))?\\s*$' }
const rating = '^(10|\\d(\\.\\d)?)$'
const dat = { type: 'delimited', delimiter: '::', quote: '', header: false } as const
const spaces = { titleIds: 'movielens', viewerIds: 'movielens' }

export const movieLensRatings: Preset = {
  name: 'movielens-ratings',
  about: { en: 'MovieLens ratings; times are unix seconds', zh: 'MovieLens 评分；时间为 unix 秒' },
  kind: 'rating',
  headers: ['userId', 'movieId', 'rating', 'timestamp'],
  others: [],
  columns: {
    viewer: { from: 'userId' },
    title_id: { from: 'movieId' },
    rating: { from: 'rating' },
    rated_at: { from: 'timestamp', format: 'unix seconds' },
  },
  ...spaces,
}

export const movieLensMovies: Preset = {
  name: 'movielens-movies',
  about: {
    en: 'MovieLens films; the year stands in brackets behind the title',
    zh: 'MovieLens 影片；年份写在片名后的括号中',
  },
  kind: 'title',
  headers: ['movieId', 'title', 'genres'],
  others: [],
  format: { missing: ['(no genres listed)'] },
  columns: { title_id: { from: 'movieId' }, title, year, genres },
  titleIds: 'movielens',
}

export const movieLensTags: Preset = {
  name: 'movielens-tags',
  about: { en: 'MovieLens tags, short texts that viewers gave to films', zh: 'MovieLens 标签，观众为影片写的短文本' },
  kind: 'review',
  headers: ['userId', 'movieId', 'tag', 'timestamp'],
  others: [],
  columns: {
    viewer: { from: 'userId' },
    title_id: { from: 'movieId' },
    text: { from: 'tag' },
    reviewed_at: { from: 'timestamp', format: 'unix seconds' },
  },
  ...spaces,
}

const otherIds = {
  en: 'An id in another service; a source has one id of a title.',
  zh: '其他服务中的编号；一个来源只有一种影片编号。',
}

export const movieLensLinks: Preset = {
  name: 'movielens-links',
  about: { en: 'MovieLens links: ids without names', zh: 'MovieLens 链接：只有编号，没有片名' },
  kind: 'title',
  headers: ['movieId', 'imdbId', 'tmdbId'],
  others: [],
  columns: { title_id: { from: 'movieId' } },
  ignore: { imdbId: otherIds, tmdbId: otherIds },
  titleIds: 'movielens',
}

export const movieTweetingsRatings: Preset = {
  name: 'movietweetings-ratings',
  about: {
    en: 'ratings between `::` with IMDb ids, as in MovieTweetings; times are unix seconds',
    zh: '以 `::` 分隔、使用 IMDb 编号的评分（MovieTweetings）；时间为 unix 秒',
  },
  kind: 'rating',
  headers: [],
  delimiter: '::',
  names: ['user_id', 'movie_id', 'rating', 'timestamp'],
  values: { user_id: integer, movie_id: '^\\d{7,8}$', rating, timestamp: unix },
  format: dat,
  columns: {
    viewer: { from: 'user_id' },
    title_id: { from: 'movie_id' },
    rating: { from: 'rating' },
    rated_at: { from: 'timestamp', format: 'unix seconds' },
  },
  titleIds: 'imdb',
  viewerIds: 'movietweetings',
}

export const movieLensDatRatings: Preset = {
  ...movieTweetingsRatings,
  name: 'movielens-ratings-dat',
  about: {
    en: 'MovieLens ratings between `::`; times are unix seconds',
    zh: '以 `::` 分隔的 MovieLens 评分；时间为 unix 秒',
  },
  values: { user_id: integer, movie_id: '^\\d{1,6}$', rating, timestamp: unix },
  ...spaces,
}

export const movieTweetingsMovies: Preset = {
  name: 'movietweetings-movies',
  about: {
    en: 'films between `::` with IMDb ids, as in MovieTweetings',
    zh: '以 `::` 分隔、使用 IMDb 编号的影片（MovieTweetings）',
  },
  kind: 'title',
  headers: [],
  delimiter: '::',
  names: ['movie_id', 'title', 'genres'],
  values: { movie_id: '^\\d{7,8}$', title: '\\(\\d{4}\\)\\s*$', genres: '^[A-Z(]|^$' },
  format: dat,
  columns: { title_id: { from: 'movie_id' }, title, year, genres },
  titleIds: 'imdb',
}

export const movieLensDatMovies: Preset = {
  ...movieTweetingsMovies,
  name: 'movielens-movies-dat',
  about: { en: 'MovieLens films between `::`', zh: '以 `::` 分隔的 MovieLens 影片' },
  values: { movie_id: '^\\d{1,6}$', title: '\\(\\d{4}\\)\\s*$', genres: '^[A-Z(]' },
  titleIds: 'movielens',
}
