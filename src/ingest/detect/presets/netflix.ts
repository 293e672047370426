import type { Preset } from './preset.ts'

const charts = { en: 'The unpivoted columns hold the numbers.', zh: '数值在逆透视的列中。' }

export const netflixViewing: Preset = {
  name: 'netflix-viewing-activity',
  about: {
    en: 'the viewing activity that Netflix hands to its members; times are UTC',
    zh: 'Netflix 提供给会员的观看记录；时间为 UTC',
  },
  kind: 'viewing',
  headers: ['Profile Name', 'Start Time', 'Duration', 'Title', 'Device Type'],
  columns: {
    viewer: { from: 'Profile Name' },
    started_at: { from: 'Start Time', format: 'ISO 8601' },
    watched_seconds: { from: 'Duration', unit: 'HH:MM:SS' },
    title: { from: 'Title' },
    device: { from: 'Device Type' },
    region: { from: 'Country', extract: '^([A-Z]{2})' },
    position_end_seconds: { from: 'Bookmark', unit: 'HH:MM:SS' },
  },
  ignore: {
    'Latest Bookmark': {
      en: 'A copy of the last bookmark or a note such as "Not latest view".',
      zh: '最后书签的副本，或“Not latest view”之类的说明。',
    },
    Attributes: { en: 'Notes on autoplay and interaction.', zh: '自动播放与互动的说明。' },
    'Supplemental Video Type': {
      en: 'Marks trailers and hooks; no field holds it.',
      zh: '标记预告片与片段；没有对应字段。',
    },
  },
  timeZone: 'UTC',
  titleIds: 'netflix',
  viewerIds: 'netflix',
}

export const netflixTop10: Preset = {
  name: 'netflix-top10',
  about: { en: 'the weekly Netflix Top 10', zh: 'Netflix 每周 Top 10 榜单' },
  kind: 'panel_rating',
  headers: ['week', 'category', 'weekly_rank', 'show_title'],
  others: [
    'season_title',
    'weekly_hours_viewed',
    'runtime',
    'weekly_views',
    'cumulative_weeks_in_top_10',
    'is_staggered_launch',
    'episode_launch_details',
    'country_name',
    'country_iso2',
  ],
  format: {
    missing: ['N/A'],
    unpivot: { columns: '^(weekly_hours_viewed|weekly_views|weekly_rank)$', key: 'measure', value: 'value' },
  },
  columns: {
    title: { from: 'show_title' },
    season: { from: 'season_title', extract: '(?:Season|Series|Part|Volume|Book|Chapter) (\\d+)' },
    period_end: { from: 'week', format: 'ISO 8601' },
    category: { from: 'category' },
    region: { from: 'country_name' },
    measure: { from: 'measure', extract: '^(?:weekly_)?(.+)$' },
    value: { from: 'value' },
    channel: { value: 'Netflix' },
  },
  ignore: {
    runtime: { en: 'Runtime of the title; a catalogue is the place for it.', zh: '片长；应来自片库。' },
    cumulative_weeks_in_top_10: { en: 'Can be counted from the weeks.', zh: '可由各周计数得到。' },
    country_iso2: { en: 'Says the same as country_name.', zh: '与 country_name 相同。' },
    measure: charts,
  },
}

export const netflixEngagement: Preset = {
  name: 'netflix-engagement',
  about: { en: 'the half-yearly Netflix engagement report', zh: 'Netflix 半年观看报告' },
  kind: 'panel_rating',
  headers: ['Title', 'Available Globally?', 'Hours Viewed'],
  others: ['Release Date', 'Runtime', 'Views'],
  columns: {
    title: { from: 'Title' },
    value: { from: 'Hours Viewed' },
    measure: { value: 'hours_viewed' },
    channel: { value: 'Netflix' },
  },
  ignore: {
    'Available Globally?': {
      en: 'Whether it was available everywhere; no field holds it.',
      zh: '是否全球可看；没有对应字段。',
    },
    'Release Date': {
      en: 'A property of the title: add the file again with --kind title to keep it.',
      zh: '影片属性：如需保留，以 --kind title 再次添加该文件。',
    },
    Runtime: {
      en: 'A property of the title: add the file again with --kind title to keep it.',
      zh: '影片属性：如需保留，以 --kind title 再次添加该文件。',
    },
    Views: {
      en: 'Hours viewed divided by runtime; add the file again with another source name to keep it.',
      zh: '观看小时数除以片长；如需保留，以另一来源名再次添加。',
    },
  },
}
