import type { Column, ColumnType } from '../engine/engine.ts'
import type { Text } from '../text.ts'

/** What a source can hold. */
export const kinds = [
  'viewing',
  'title',
  'credit',
  'rating',
  'review',
  'timed_comment',
  'scene',
  'airing',
  'panel_rating',
  'spend',
  'outcome',
  'box_office',
] as const
/** One of `kinds`. */
export type Kind = (typeof kinds)[number]

/**
 * How the text of a field becomes a value.
 * `duration` needs a unit and is stored in seconds; `instant` needs a time zone and is stored in UTC;
 * `identity` becomes a keyed pseudonym; `list` is text split at a separator; `percent` is stored as a share of 1.
 */
export type FieldType =
  | 'text'
  | 'integer'
  | 'number'
  | 'duration'
  | 'instant'
  | 'date'
  | 'boolean'
  | 'identity'
  | 'list'

/** One thing a column of a raw file can be mapped to. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  readonly label: Text
  /** A row without it is quarantined; 'when-mapped' only where its source has such a column. */
  readonly required?: true | 'when-mapped'
}

const field = (
  name: string,
  type: FieldType,
  en: string,
  zh: string,
  required: true | 'when-mapped' | false = false,
): Field => ({
  name,
  type,
  label: { en, zh },
  ...(required === false ? {} : { required }),
})

/** How a row of any kind that is about a title names it. At least `title` or `title_id` is needed. */
export const titleFields: readonly Field[] = [
  field('title', 'text', 'Title', '片名'),
  field('title_id', 'text', "The source's own id of the title", '来源方的影片编号'),
  field('year', 'integer', 'Year of release', '上映年份'),
  field('season', 'integer', 'Season number', '季'),
  field('episode', 'integer', 'Episode number', '集'),
]

/** The fields of each kind beside `titleFields`. */
export const fields: Readonly<Record<Kind, readonly Field[]>> = {
  viewing: [
    field('viewer', 'identity', 'Viewer', '观众', true),
    field('started_at', 'instant', 'Start of the play', '开始时间', 'when-mapped'),
    field('ended_at', 'instant', 'End of the play', '结束时间'),
    field('watched_seconds', 'duration', 'Time watched', '观看时长', true),
    field('position_start_seconds', 'duration', 'Position at the start', '起始进度'),
    field('position_end_seconds', 'duration', 'Position at the end', '结束进度'),
    field('speed', 'number', 'Playback speed', '播放倍速'),
    field('play_id', 'text', 'Play id', '播放编号'),
    field('device', 'text', 'Device', '设备'),
    field('region', 'text', 'Region', '地区'),
    field('is_advertising', 'boolean', 'Advertising', '是否广告'),
    field('is_bot', 'boolean', 'Marked as a bot', '是否机器人'),
  ],
  title: [
    field('original_title', 'text', 'Original title', '原名'),
    field('title_type', 'text', 'Type: film, series, season, episode or programme', '类型'),
    field('series', 'text', 'Series it belongs to', '所属剧集'),
    field('release_date', 'date', 'Release date', '上映日期'),
    field('runtime_seconds', 'duration', 'Runtime', '片长'),
    field('genres', 'list', 'Genres', '题材'),
    field('directors', 'list', 'Directors', '导演'),
    field('actors', 'list', 'Actors', '演员'),
    field('writers', 'list', 'Writers', '编剧'),
    field('countries', 'list', 'Countries', '国家或地区'),
    field('languages', 'list', 'Languages', '语言'),
    field('age_rating', 'text', 'Age rating', '分级'),
    field('synopsis', 'text', 'Synopsis', '剧情简介'),
  ],
  credit: [
    field('person', 'text', 'Person', '人员', true),
    field('role', 'text', 'Role: actor, director, writer …', '职务', true),
    field('character', 'text', 'Character', '角色'),
    field('billing', 'integer', 'Place in the cast list', '排名'),
  ],
  rating: [
    field('viewer', 'identity', 'Viewer', '观众', true),
    field('rating', 'number', 'Rating', '评分', true),
    field('rated_at', 'instant', 'When it was given', '评分时间'),
  ],
  review: [
    field('viewer', 'identity', 'Reviewer', '评论者'),
    field('text', 'text', 'Text', '评论内容', true),
    field('rating', 'number', 'Rating', '评分'),
    field('label', 'text', 'Sentiment label', '情感标签'),
    field('likes', 'integer', 'Likes', '点赞数'),
    field('reviewed_at', 'instant', 'When it was written', '评论时间'),
  ],
  timed_comment: [
    field('viewer', 'identity', 'Sender', '发送者'),
    field('position_seconds', 'duration', 'Position in the video', '视频内时间', true),
    field('text', 'text', 'Text', '弹幕内容', true),
    field('sent_at', 'instant', 'When it was sent', '发送时间'),
  ],
  scene: [
    field('start_seconds', 'duration', 'Start', '开始', true),
    field('end_seconds', 'duration', 'End', '结束', true),
    field('location', 'text', 'Location', '地点'),
    field('characters', 'list', 'Characters', '角色'),
    field('description', 'text', 'Description', '描述'),
  ],
  airing: [
    field('channel', 'text', 'Channel', '频道', true),
    field('started_at', 'instant', 'Start', '开始时间', true),
    field('ended_at', 'instant', 'End', '结束时间'),
    field('duration_seconds', 'duration', 'Duration', '时长'),
    field('region', 'text', 'Region', '地区'),
  ],
  panel_rating: [
    field('channel', 'text', 'Channel or platform', '频道或平台'),
    field('period', 'text', 'Period as the source writes it', '周期'),
    field('period_start', 'date', 'First day of the period', '周期首日'),
    field('period_end', 'date', 'Last day of the period', '周期末日'),
    field('measure', 'text', 'Measure: rating, share, viewers, hours_viewed, views, rank …', '指标'),
    field('value', 'number', 'Value', '数值', true),
    field('category', 'text', 'Category of the chart', '榜单类别'),
    field('region', 'text', 'Region', '地区'),
  ],
  spend: [
    field('campaign', 'text', 'Campaign', '推广活动'),
    field('media', 'text', 'Medium', '媒体', true),
    field('spent_on', 'date', 'Day or first day of the period', '日期', true),
    field('amount', 'number', 'Amount', '金额', true),
    field('currency', 'text', 'Currency', '货币'),
    field('impressions', 'number', 'Impressions', '曝光量'),
    field('clicks', 'number', 'Clicks', '点击量'),
    field('region', 'text', 'Region', '地区'),
  ],
  outcome: [
    field('observed_on', 'date', 'Day or first day of the period', '日期', true),
    field('measure', 'text', 'Measure', '指标'),
    field('value', 'number', 'Value', '数值', true),
    field('region', 'text', 'Region', '地区'),
  ],
  box_office: [
    field('territory', 'text', 'Territory', '地区'),
    field('period_start', 'date', 'First day of the period', '周期首日'),
    field('period_end', 'date', 'Last day of the period', '周期末日'),
    field('gross', 'number', 'Gross', '票房', true),
    field('currency', 'text', 'Currency', '货币'),
    field('tickets', 'number', 'Tickets sold', '观影人次'),
    field('theatres', 'number', 'Theatres', '影院数'),
    field('budget', 'number', 'Production budget', '制作成本'),
  ],
}

export interface TableColumn extends Column {
  readonly label: Text
}

const column = (name: string, type: ColumnType, en: string, zh: string): TableColumn => ({
  name,
  type,
  label: { en, zh },
})

const columnTypes: Readonly<Record<Exclude<FieldType, 'identity'>, ColumnType>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  duration: 'DOUBLE',
  instant: 'TIMESTAMP',
  date: 'DATE',
  boolean: 'BOOLEAN',
  list: 'VARCHAR',
}

/** The columns that a field takes up in a table: a viewer is kept as an integer key, everything else under its own name. */
export function storedColumn(item: Field): TableColumn {
  return item.type === 'identity'
    ? { name: 'viewer_id', type: 'BIGINT', label: item.label }
    : { name: item.name, type: columnTypes[item.type], label: item.label }
}

const titleId = column('title_id', 'BIGINT', 'Title', '影片')
const origin: readonly TableColumn[] = [
  column('source', 'VARCHAR', 'Source', '来源'),
  column('file', 'VARCHAR', 'File, relative to the project', '文件'),
  column('line', 'BIGINT', 'Line in the file, from 1', '行号'),
]

const factTable = (kind: Kind, extra: readonly TableColumn[] = []): readonly TableColumn[] => [
  titleId,
  ...fields[kind].map(storedColumn),
  ...extra,
  ...origin,
]

/**
 * What a build makes of the texts of reviews: the columns of each table beside `title_id` and the place of the review. A review can
 * have any number of rows.
 */
export const derivedColumns = {
  review_sentiment: [
    column(
      'language',
      'VARCHAR',
      'en, zh, another code of ISO 639-3, or und where it cannot be told',
      '语言：en、zh、ISO 639-3 代码，无法判断为 und',
    ),
    column(
      'probability',
      'DOUBLE',
      'Probability that the review is favourable; empty where it is not judged',
      '正面概率；未判断则为空',
    ),
    column(
      'verdict',
      'VARCHAR',
      'positive, negative, unsure or not-judged',
      '判断：positive、negative、unsure 或 not-judged',
    ),
    column(
      'why',
      'VARCHAR',
      'Why it is not judged: empty, other-language or nothing-known; lexicon where a list of words judged it',
      '未判断的原因：empty、other-language 或 nothing-known；由评价词表判断则为 lexicon',
    ),
  ],
  review_aspect: [
    column('clause', 'BIGINT', 'Number of the clause in the text, from 0', '分句序号（从 0 起）'),
    column('aspect', 'VARCHAR', 'Id of the aspect that the clause speaks of', '方面代号'),
    column(
      'target',
      'VARCHAR',
      'The person or character of the credits whom it names, if any',
      '所提到的演职员或角色（如有）',
    ),
    column(
      'opinion',
      'DOUBLE',
      'What it says of it: -1 for the worst, 1 for the best, 0 where it is not judged',
      '评价：-1 最差，1 最好，0 为未评价',
    ),
    column(
      'text_start',
      'BIGINT',
      'Where the clause begins in the text, in UTF-16 code units',
      '分句起点（UTF-16 码元）',
    ),
    column('text_length', 'BIGINT', 'Length of the clause, in UTF-16 code units', '分句长度（UTF-16 码元）'),
  ],
} satisfies Record<string, readonly TableColumn[]>

/** The name of a table that is made of the texts of reviews. */
export type DerivedTable = keyof typeof derivedColumns

const derivedTable = (name: DerivedTable): readonly TableColumn[] => [titleId, ...origin, ...derivedColumns[name]]

/**
 * The published tables, in the order in which they are exported. A list field holds its items separated by `|`.
 * `title_id` and `viewer_id` are stable hashes, equal in every build of the same data; a `viewer_id` is the first 63
 * bits of an HMAC-SHA-256 under the project's key.
 */
export const tables = {
  title: [
    titleId,
    column('name', 'VARCHAR', 'Name', '名称'),
    column('title_type', 'VARCHAR', 'film, series, season, episode, programme or unknown', '类型'),
    column('parent_id', 'BIGINT', 'The season of an episode, the series of a season', '上级'),
    column('series_id', 'BIGINT', 'The series of a season or episode', '所属剧集'),
    column('season', 'BIGINT', 'Season number', '季'),
    column('episode', 'BIGINT', 'Episode number', '集'),
    column('year', 'BIGINT', 'Year of release', '年份'),
    column('release_date', 'DATE', 'Release date', '上映日期'),
    column('runtime_seconds', 'DOUBLE', 'Runtime in seconds', '片长（秒）'),
    column('original_title', 'VARCHAR', 'Original title', '原名'),
    column('countries', 'VARCHAR', 'Countries', '国家或地区'),
    column('languages', 'VARCHAR', 'Languages', '语言'),
    column('age_rating', 'VARCHAR', 'Age rating', '分级'),
    column('synopsis', 'VARCHAR', 'Synopsis', '剧情简介'),
    column(
      'is_catalogued',
      'BOOLEAN',
      'Whether a catalogue lists it or its series, or only plays, ratings … mention it',
      '该片或其所属剧集是否在片库中',
    ),
  ],
  title_genre: [titleId, column('genre', 'VARCHAR', 'Genre', '题材')],
  credit: [
    titleId,
    column('person', 'VARCHAR', 'Person', '人员'),
    column('role', 'VARCHAR', 'actor, director, writer …', '职务'),
    column('character', 'VARCHAR', 'Character', '角色'),
    column('billing', 'BIGINT', 'Place in the cast list', '排名'),
    column('source', 'VARCHAR', 'Source', '来源'),
  ],
  alias: [
    column('source', 'VARCHAR', 'Source', '来源'),
    column('name', 'VARCHAR', 'The title as that source writes it', '来源写法'),
    titleId,
    column('method', 'VARCHAR', 'id, exact, scored, decided or new', '匹配方法'),
    column('score', 'DOUBLE', 'Match score, 0 to 1', '匹配分'),
  ],
  viewing: factTable('viewing', [column('is_valid_play', 'BOOLEAN', 'Valid play by the NRTA measure', '是否有效播放')]),
  rating: factTable('rating'),
  review: factTable('review'),
  review_sentiment: derivedTable('review_sentiment'),
  review_flag: [
    titleId,
    ...origin,
    column(
      'flag',
      'VARCHAR',
      'What was found: near-duplicate, burst …, organised',
      '标记：near-duplicate、burst 等，organised',
    ),
    column(
      'reviews',
      'BIGINT',
      'Reviews that share it: with the text, in the burst, of the viewer',
      '同组评论数（同一文本、同一突发期或同一观众）',
    ),
    column('viewers', 'BIGINT', 'Known viewers who wrote these', '其中已知的观众数'),
    column('similarity', 'DOUBLE', 'Of a copy: similarity to the earliest', '雷同：与最早一条的相似度'),
    column('expected', 'DOUBLE', 'Of a burst: reviews expected', '突发：预期评论数'),
    column('is_left_out', 'BOOLEAN', 'Whether reviews.leaveOut names the flag', 'reviews.leaveOut 是否包含该标记'),
  ],
  review_aspect: derivedTable('review_aspect'),
  timed_comment: factTable('timed_comment'),
  scene: factTable('scene'),
  airing: factTable('airing'),
  panel_rating: factTable('panel_rating'),
  spend: factTable('spend'),
  outcome: factTable('outcome'),
  box_office: factTable('box_office'),
} satisfies Record<string, readonly TableColumn[]>

/** The name of a published table. */
export type TableName = keyof typeof tables
