import type { SimulationSummary } from './simulation-summary.ts'

/** README.txt of a simulated folder, in both languages. */
export function readme({ seed, viewers, days, window, catalogue, plays }: SimulationSummary): string {
  const real = catalogue === 'vega'
  return `SIMULATED DATA. No viewer, play, rating, review, comment, rating point or campaign in this folder is real.
${real ? 'Names, credits and box office of the films F0001 … are real facts (package vega-datasets); how they are watched and rated here is not.\n' : ''}Series (S…), films (X…) and the people in them are invented.

${plays} plays of ${viewers} viewers, ${days} days (${window.from} to ${window.to}), seed ${seed}.

Defects are planted on purpose; truth/ says where:
  defects.csv        file, physical line from 1, rule. A row breaks one rule: those that a row shows by itself come first, so a
                     play of 30 hours is listed as excessive-duration only. Of copies the later line is listed; of two
                     overlapping plays the one that starts later; of plays past the next event the earlier one.
  titles.csv         source, name as written, true title, season, episode (title empty: no catalogue lists it)
  daily_minutes.csv  minutes and plays by title and UTC day of the start, over rows that are accepted (clean ones and those
                     of rules that only warn), each play once; valid plays: under 3x speed, over 3 s, no advertising
  viewers.csv        source, viewer, favourite genre
  moments.csv        title, season, episode, start and end in seconds of what many timed comments are about, and what they say
  reviews.csv        line of reviews/reviews.csv, title, whether the review is favourable, which its mark mostly says too
  campaigns.csv      file and line of reviews that are organised praise, and the title
  summary.json       rows by file, planted rows by rule, time zones, parameters

模拟数据：本文件夹中的观众、播放、评分、评论、弹幕、收视率和推广活动均为虚构。
${real ? '编号 F0001 起的影片，其片名、主创与票房为真实资料（来自 vega-datasets 软件包），但此处的观看与评分并非真实。\n' : ''}剧集（S…）、影片（X…）及其演职人员均为虚构。

${viewers} 名观众，${days} 天（${window.from} 至 ${window.to}），共 ${plays} 条播放记录，随机种子 ${seed}。

文件中有意植入了错误，truth/ 说明位置：
  defects.csv        文件、物理行号（从 1 起）、规则。每行只违反一条规则，先列单行即可判断的规则；重复行列后一行；
                     两次重叠播放列后开始的一行；超过下一次播放开始的列前一行。
  titles.csv         来源、来源写法、真实影片、季、集（影片为空：片库中没有）
  daily_minutes.csv  按影片和开始时间的 UTC 日期统计的分钟数与播放次数，只计应被接受的行（含仅警告的行），每次播放只计一次
  viewers.csv        来源、观众、偏好题材
  moments.csv        弹幕集中的片段：影片、季、集、开始与结束秒数、弹幕内容
  reviews.csv        reviews/reviews.csv 的行号、影片、是否为正面评论（评分大多与之一致）
  campaigns.csv      有组织的好评：文件、行号与影片
  summary.json       各文件行数、各规则植入行数、时区、参数
`
}
