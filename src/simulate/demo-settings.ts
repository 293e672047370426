import type { z } from 'zod'
import type { columnSettings, projectSettings } from '../project/settings.ts'
import type { SimulationSummary } from './simulation-summary.ts'

type Columns = Record<string, z.input<typeof columnSettings>>

const clock = '%Y-%m-%d %H:%M:%S'
const plain = (...names: string[]): Columns => Object.fromEntries(names.map((name) => [name, { from: name }]))

/**
 * What `marquee.yaml` has to say about a simulated folder: every file with its kind, layout, units and time zone.
 * @param base Path of the simulated folder relative to the project folder; empty when they are the same.
 */
export function demoSettings(summary: SimulationSummary, base = ''): z.input<typeof projectSettings> {
  const at = (path: string): string[] => [base === '' ? path : `${base}/${path}`]
  const zone = (source: string): string => summary.timeZones[source] ?? 'UTC'
  const iso = 'ISO 8601'
  return {
    version: 1,
    sources: [
      {
        name: 'catalogue',
        kind: 'title',
        files: at('catalogue/titles.csv'),
        columns: {
          ...plain('title_id', 'title', 'original_title', 'title_type', 'series', 'season', 'episode', 'year'),
          release_date: { from: 'release_date', format: '%Y-%m-%d' },
          runtime_seconds: { from: 'runtime_minutes', unit: 'minutes' },
          genres: { from: 'genres', separator: '|' },
          directors: { from: 'directors', separator: '|' },
          actors: { from: 'actors', separator: '|' },
          countries: { from: 'country', separator: '|' },
        },
      },
      {
        name: 'credits',
        kind: 'credit',
        files: at('catalogue/credits.csv'),
        titleIds: 'catalogue',
        columns: plain('title_id', 'title', 'year', 'person', 'role', 'character', 'billing'),
      },
      {
        name: 'box-office',
        kind: 'box_office',
        files: at('box-office/box-office.csv'),
        titleIds: 'catalogue',
        columns: plain('title_id', 'title', 'year', 'territory', 'gross', 'currency', 'budget'),
      },
      {
        name: 'aurora',
        kind: 'viewing',
        files: at('aurora/watch_records.csv'),
        timeZone: zone('aurora'),
        priority: 30,
        columns: {
          viewer: { from: 'user_id' },
          title: { from: 'title' },
          watched_seconds: { from: 'watch_time', unit: 'hours' },
          started_at: { from: 'started_at', format: clock },
          device: { from: 'device' },
        },
      },
      {
        name: '青峰',
        kind: 'viewing',
        files: at('青峰/播放记录.csv'),
        format: { encoding: 'gb18030' },
        timeZone: zone('青峰'),
        priority: 20,
        columns: {
          viewer: { from: '用户ID' },
          title: { from: '片名' },
          watched_seconds: { from: '观看时长(分钟)', unit: 'minutes' },
          started_at: { from: '开始时间', format: clock },
          device: { from: '设备' },
          region: { from: '地区' },
        },
      },
      {
        name: 'cobalt',
        kind: 'viewing',
        files: at('cobalt/plays-*.jsonl.gz'),
        format: { type: 'jsonl' },
        priority: 25,
        columns: {
          play_id: { from: 'play_id' },
          viewer: { from: 'account' },
          title: { from: 'title' },
          started_at: { from: 'started_at', format: iso },
          watched_seconds: { from: 'watched_seconds', unit: 'seconds' },
          position_start_seconds: { from: 'position_start', unit: 'seconds' },
          position_end_seconds: { from: 'position_end', unit: 'seconds' },
          device: { from: 'device' },
          region: { from: 'country' },
          speed: { from: 'speed' },
          is_advertising: { from: 'is_ad' },
          is_bot: { from: 'is_bot' },
        },
      },
      {
        name: '长江卫视',
        kind: 'viewing',
        files: at('长江卫视/收视记录.tsv'),
        format: { encoding: 'utf-16le', delimiter: '\t', quote: '' },
        timeZone: zone('长江卫视'),
        // Catch-up is delivered to accounts of the app, whose ids the station reports.
        viewerIds: '青峰',
        priority: 10,
        columns: {
          viewer: { from: '机顶盒号' },
          title: { from: '节目名称' },
          started_at: { from: '开始时间', format: clock },
          watched_seconds: { from: '观看时长', unit: 'HH:MM:SS' },
          region: { from: '地区' },
        },
      },
      {
        name: '长江卫视-节目单',
        kind: 'airing',
        files: at('长江卫视/节目单.csv'),
        format: { encoding: 'gb18030' },
        timeZone: zone('长江卫视'),
        columns: {
          channel: { from: '频道' },
          title: { from: '节目名称' },
          started_at: { from: '开始时间', format: clock },
          ended_at: { from: '结束时间', format: clock },
        },
      },
      {
        name: 'harbour-tv-schedule',
        kind: 'airing',
        files: at('harbour-tv/schedule.csv'),
        format: { delimiter: ';' },
        timeZone: zone('harbour-tv'),
        columns: {
          channel: { from: 'Channel' },
          title: { from: 'Programme' },
          started_at: { from: 'Start', format: '%d/%m/%Y %H:%M' },
          duration_seconds: { from: 'Minutes', unit: 'minutes' },
        },
      },
      {
        name: 'harbour-tv-ratings',
        kind: 'panel_rating',
        files: at('harbour-tv/ratings.csv'),
        format: { delimiter: ';', unpivot: { columns: '^w/c ', key: 'week', value: 'rating' } },
        columns: {
          title: { from: 'Programme' },
          channel: { from: 'Channel' },
          period: { from: 'week' },
          period_start: { from: 'week', extract: '(\\d{4}-\\d{2}-\\d{2})', format: '%Y-%m-%d' },
          measure: { value: 'rating' },
          value: { from: 'rating' },
        },
      },
      {
        name: 'ratings',
        kind: 'rating',
        files: at('ratings/ratings.csv'),
        viewerIds: 'aurora',
        columns: {
          viewer: { from: 'user_id' },
          ...plain('title', 'rating'),
          rated_at: { from: 'rated_at', format: iso },
        },
      },
      {
        name: 'reviews',
        kind: 'review',
        files: at('reviews/reviews.csv'),
        viewerIds: 'aurora',
        columns: {
          viewer: { from: 'user_id' },
          ...plain('title', 'rating', 'text', 'likes'),
          reviewed_at: { from: 'reviewed_at', format: iso },
        },
      },
      {
        name: '弹幕',
        kind: 'timed_comment',
        files: at('danmaku/弹幕.csv'),
        timeZone: zone('青峰'),
        viewerIds: '青峰',
        columns: {
          viewer: { from: '用户ID' },
          title: { from: '片名' },
          position_seconds: { from: '出现秒数', unit: 'seconds' },
          text: { from: '弹幕内容' },
          sent_at: { from: '发送时间', format: clock },
        },
      },
      {
        name: 'spend',
        kind: 'spend',
        files: at('spend/spend.csv'),
        columns: {
          spent_on: { from: 'week', format: '%Y-%m-%d' },
          ...plain('campaign', 'title', 'media', 'amount', 'currency', 'impressions', 'clicks'),
        },
      },
    ],
  }
}
