// Written by `npm run docs` from the declarations, so that help needs to load none of them.
import type { Text } from '../text.ts'

/** Every command with its summary. */
export const catalogue: readonly { readonly name: string; readonly summary: Text }[] = [
  {
    name: 'demo',
    summary: { en: 'Build a demonstration project and its report', zh: '构建演示项目并生成报告' },
  },
  {
    name: 'init',
    summary: { en: 'Start a project folder', zh: '新建项目文件夹' },
  },
  {
    name: 'add',
    summary: { en: 'Look at raw files and write down how to read them', zh: '查看原始文件并写下读取方式' },
  },
  {
    name: 'preview',
    summary: { en: 'Clean all sources in memory, list top titles, write nothing', zh: '在内存中清洗全部来源并列出热门片名；不写入任何数据' },
  },
  {
    name: 'build',
    summary: { en: 'Read, clean, integrate and publish all sources', zh: '读取、清洗、整合并发布全部来源' },
  },
  {
    name: 'report',
    summary: { en: 'Write the report, one HTML page that works offline', zh: '生成可离线查看的单页 HTML 报告' },
  },
  {
    name: 'hot titles',
    summary: { en: 'The hottest films and series, what grows, and why', zh: '最热影片与剧集、增长及原因' },
  },
  {
    name: 'hot actors',
    summary: { en: 'The hottest actors', zh: '最热演员' },
  },
  {
    name: 'hot directors',
    summary: { en: 'The hottest directors', zh: '最热导演' },
  },
  {
    name: 'hot genres',
    summary: { en: 'The hottest genres', zh: '最热题材' },
  },
  {
    name: 'hot charts',
    summary: { en: 'Station figures and charts, and checks of their ranks', zh: '电视台数据与榜单排名及其校验' },
  },
  {
    name: 'keywords',
    summary: { en: 'Words and phrases that viewers say here more than elsewhere, and more than before', zh: '观众评论与弹幕中的热词、短语与上升词' },
  },
  {
    name: 'characters',
    summary: { en: 'Which characters and people viewers speak of, how favourably, and with whom', zh: '观众谈论哪些角色与演职员、评价如何、与谁同时提及' },
  },
  {
    name: 'scenes',
    summary: { en: 'Moments that viewers comment on, watch again, skip or leave at', zh: '观众热议、重看、跳过或离开的片段' },
  },
  {
    name: 'drivers',
    summary: { en: 'Which aspects in reviews go with the rating and with how much is watched', zh: '评论中哪些方面与评分、观看完成度相关' },
  },
  {
    name: 'suggest',
    summary: { en: 'What could be better in a title, by expected gain, with the evidence', zh: '影片可改进之处：按预期提升排序，附证据' },
  },
  {
    name: 'reviews check',
    summary: { en: 'Copied reviews, bursts and what resembles paid reviews; what leaving them out changes', zh: '查找雷同、突发与疑似水军的评论，并说明剔除后的变化' },
  },
  {
    name: 'audience',
    summary: { en: 'Who watched how much: reach, average audience, share and more', zh: '收视指标：到达、平均每分钟收视人数、份额、完播率等' },
  },
  {
    name: 'audience retention',
    summary: { en: 'How many viewers saw each minute of a title', zh: '影片逐分钟留存曲线' },
  },
  {
    name: 'audience metrics',
    summary: { en: 'The definition of every measure', zh: '全部指标的定义' },
  },
  {
    name: 'recommend train',
    summary: { en: 'Learn what to recommend from plays and ratings', zh: '从播放与评分中学习推荐模型' },
  },
  {
    name: 'recommend for',
    summary: { en: 'Titles for one viewer, each with its reason', zh: '为某位观众推荐影片并说明理由' },
  },
  {
    name: 'recommend similar',
    summary: { en: 'Titles that are like one title', zh: '与某部影片相似的影片' },
  },
  {
    name: 'recommend because',
    summary: { en: 'Why a title is recommended to a viewer, part by part', zh: '逐项说明为何向某观众推荐某影片' },
  },
  {
    name: 'recommend batch',
    summary: { en: 'Write the lists of all viewers to a file', zh: '将全部观众的推荐列表写入文件' },
  },
  {
    name: 'recommend models',
    summary: { en: 'List the trained recommenders, or go back to an earlier one', zh: '列出已训练的推荐模型，或回滚到先前版本' },
  },
  {
    name: 'recommend evaluate',
    summary: { en: 'How well each model guesses what viewers watched, and what its lists give room to', zh: '各推荐模型的预测效果、推荐列表的曝光与冷启动表现' },
  },
  {
    name: 'aspects',
    summary: { en: 'What reviews of a title praise and complain about', zh: '评论称赞与批评影片的哪些方面' },
  },
  {
    name: 'aspects learn',
    summary: { en: 'Learn from reviews the words by which aspects are known', zh: '从评论学习各方面的用词' },
  },
  {
    name: 'aspects evaluate',
    summary: { en: 'How well aspects and opinions are found in labelled texts', zh: '用带标签的文本检验方面与评价的识别' },
  },
  {
    name: 'sentiment train',
    summary: { en: 'Learn from labelled reviews what is favourable', zh: '从带标签的评论学习情感倾向' },
  },
  {
    name: 'sentiment predict',
    summary: { en: 'Judge every review of a file', zh: '判断文件中每条评论的情感' },
  },
  {
    name: 'sentiment evaluate',
    summary: { en: 'How well a model judges labelled reviews', zh: '用带标签的评论检验情感模型' },
  },
  {
    name: 'sentiment explain',
    summary: { en: 'Judge one text, and name the words that decide', zh: '判断一段文本，并指出起决定作用的词' },
  },
  {
    name: 'sentiment titles',
    summary: { en: 'How favourable the reviews of each title are', zh: '各影片评论的正面比例' },
  },
  {
    name: 'query',
    summary: { en: 'Answer one SQL statement over the published tables', zh: '对已发布的表执行只读 SQL' },
  },
  {
    name: 'export',
    summary: { en: 'Write a published table to CSV, Parquet or JSON Lines', zh: '将已发布的表导出为 CSV、Parquet 或 JSON Lines' },
  },
  {
    name: 'status',
    summary: { en: 'Show the sources and the published version', zh: '查看来源与已发布版本' },
  },
  {
    name: 'titles review',
    summary: { en: 'Decide which titles are the same work', zh: '判定哪些片名是同一作品' },
  },
  {
    name: 'quality',
    summary: { en: 'How far the data can be trusted, and what has changed', zh: '数据是否可信，以及与上一版本相比的变化' },
  },
  {
    name: 'quarantine list',
    summary: { en: 'Rows that were kept out, by file and reason', zh: '按文件和原因列出被隔离的行' },
  },
  {
    name: 'quarantine show',
    summary: { en: 'One quarantined row: its text and all reasons', zh: '查看一行被隔离的数据：原文与全部原因' },
  },
  {
    name: 'quarantine export',
    summary: { en: 'Write all quarantined rows to a CSV file', zh: '将全部被隔离的行导出为 CSV 文件' },
  },
  {
    name: 'quarantine replay',
    summary: { en: 'Take mended rows of an exported quarantine back in', zh: '将导出并修正后的隔离行重新纳入' },
  },
  {
    name: 'simulate',
    summary: { en: 'Write messy raw files of simulated sources, and the truth', zh: '生成模拟来源的原始数据文件（含已知错误）及真值' },
  },
  {
    name: 'spark up',
    summary: { en: 'Run a Spark server on this machine until Ctrl-C', zh: '在本机运行 Spark 服务器，直到按 Ctrl-C' },
  },
  {
    name: 'doctor',
    summary: { en: 'Check the runtime, engine, memory and project', zh: '检查运行环境、引擎、内存与项目' },
  },
]
