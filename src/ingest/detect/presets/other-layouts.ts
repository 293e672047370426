import type { Preset } from './preset.ts'

const shape = { en: 'How the comment is drawn.', zh: '弹幕的显示样式。' }

export const bilibiliDanmaku: Preset = {
  name: 'bilibili-danmaku',
  about: { en: 'bilibili danmaku; positions are seconds into the video', zh: 'bilibili 弹幕；出现时间为视频内的秒数' },
  kind: 'timed_comment',
  headers: ['出现时间', '弹幕添加时间戳', '弹幕内容'],
  columns: {
    viewer: { from: 'sender' },
    position_seconds: { from: '出现时间', unit: 'seconds' },
    text: { from: '弹幕内容' },
    sent_at: { from: '弹幕添加时间戳', format: 'unix seconds' },
  },
  ignore: { 弹幕类型: shape, 字的大小: shape, 颜色: shape },
  viewerIds: 'bilibili',
}

export const wikipediaMovies: Preset = {
  name: 'wikipedia-movies',
  about: { en: 'films from Wikipedia, with cast and genres as lists', zh: '来自维基百科的影片，演员与题材为列表' },
  kind: 'title',
  headers: ['title', 'year', 'cast', 'genres', 'href'],
  columns: {
    title: { from: 'title' },
    year: { from: 'year' },
    actors: { from: 'cast', separator: 'json' },
    genres: { from: 'genres', separator: 'json' },
    synopsis: { from: 'extract' },
  },
}

export const vegaMovies: Preset = {
  name: 'vega-movies',
  about: {
    en: 'movies.json of vega-datasets; gross and budget in US dollars',
    zh: 'vega-datasets 的 movies.json；票房与预算以美元计',
  },
  kind: 'box_office',
  headers: ['Title', 'US Gross', 'Worldwide Gross', 'Production Budget', 'Release Date', 'Major Genre'],
  columns: {
    title: { from: 'Title' },
    gross: { from: 'Worldwide Gross' },
    budget: { from: 'Production Budget' },
    currency: { value: 'USD' },
    territory: { value: 'worldwide' },
    period_start: { from: 'Release Date', format: '%b %d %Y' },
  },
}

export const vegaCatalogue: Preset = {
  name: 'vega-catalogue',
  about: {
    en: 'movies.json of vega-datasets as a catalogue; running time in minutes',
    zh: 'vega-datasets 的 movies.json 作为片库；片长以分钟计',
  },
  kind: 'title',
  headers: vegaMovies.headers,
  columns: {
    title: { from: 'Title' },
    release_date: { from: 'Release Date', format: '%b %d %Y' },
    runtime_seconds: { from: 'Running Time min', unit: 'minutes' },
    genres: { from: 'Major Genre', separator: '|' },
    directors: { from: 'Director', separator: '|' },
    age_rating: { from: 'MPAA Rating' },
  },
}

export const taiwanBoxOffice: Preset = {
  name: 'taiwan-box-office',
  about: {
    en: 'the Taiwanese national box office; amounts in New Taiwan dollars',
    zh: '台湾全国电影票房统计；金额以新台币计',
  },
  kind: 'box_office',
  headers: ['movieId', 'name', 'amount', 'tickets', 'theaterCount'],
  columns: {
    title_id: { from: 'movieId' },
    title: { from: 'name' },
    gross: { from: 'amount' },
    tickets: { from: 'tickets' },
    theatres: { from: 'theaterCount' },
    currency: { value: 'TWD' },
    territory: { value: 'Taiwan' },
    period_start: { from: 'date', format: 'ISO 8601', extract: '^(\\d{4}-\\d{2}-\\d{2})' },
    period_end: { from: 'date', format: 'ISO 8601', extract: '(\\d{4}-\\d{2}-\\d{2})$' },
  },
  titleIds: 'tfai',
}

export const meridianSpend: Preset = {
  name: 'meridian-spend',
  about: { en: 'Meridian marketing data, one spend column a channel', zh: 'Meridian 营销数据，每个渠道一列花费' },
  kind: 'spend',
  headers: ['time', 'Channel0_spend', 'Channel0_impression'],
  format: { unpivot: { columns: '_spend$', key: 'media', value: 'amount' } },
  columns: {
    spent_on: { from: 'time', format: 'ISO 8601' },
    media: { from: 'media', extract: '^(.+)_spend$' },
    amount: { from: 'amount' },
    region: { from: 'geo' },
  },
}

export const pymcSpend: Preset = {
  name: 'pymc-spend',
  about: { en: 'pymc-marketing example data, spend in x1, x2 …', zh: 'pymc-marketing 示例数据，花费在 x1、x2 等列' },
  kind: 'spend',
  headers: ['date_week', 'x1', 'x2'],
  format: { unpivot: { columns: '^x\\d+$', key: 'media', value: 'amount' } },
  columns: {
    spent_on: { from: 'date_week', format: 'ISO 8601' },
    media: { from: 'media' },
    amount: { from: 'amount' },
  },
}

export const tmdbMovies: Preset = {
  name: 'tmdb-movies',
  about: { en: 'films of The Movie Database; runtimes are in minutes', zh: 'The Movie Database 影片；片长以分钟计' },
  kind: 'title',
  headers: [
    'id',
    'title',
    'original_title',
    'original_language',
    'overview',
    'popularity',
    'release_date',
    'runtime',
    'genres',
  ],
  columns: {
    title_id: { from: 'id' },
    title: { from: 'title' },
    original_title: { from: 'original_title' },
    synopsis: { from: 'overview' },
    release_date: { from: 'release_date', format: 'ISO 8601' },
    runtime_seconds: { from: 'runtime', unit: 'minutes' },
  },
  titleIds: 'tmdb',
}
