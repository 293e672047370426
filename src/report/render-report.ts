import type { Text } from '../text.ts'
import { contentPolicy, embedJson, embedScript, readCharting } from './embed.ts'
import type { Charts } from './figure.ts'
import { Html, html } from './html.ts'
import { openingScript, pageScript } from './page/client-script.ts'
import { style } from './page/style.ts'
import { dark, light } from './palette.ts'
import type { ReportData } from './report-data.ts'
import { renderAdvice } from './section/advice.ts'
import { renderAudience } from './section/audience.ts'
import { renderBoxOffice } from './section/box-office.ts'
import { renderHotLists } from './section/hot-lists.ts'
import { renderHygiene } from './section/hygiene.ts'
import { renderMethod } from './section/method.ts'
import { renderMoments } from './section/moments.ts'
import { renderOverview } from './section/overview.ts'
import { renderPublished } from './section/published.ts'
import { renderQuality } from './section/quality.ts'
import { renderRatings } from './section/ratings.ts'
import { renderReviews } from './section/reviews.ts'
import { renderSources } from './section/sources.ts'
import { renderTalk } from './section/talk.ts'
import { writeInstant, writePeriod } from './wording.ts'

const contents: readonly { readonly id: string; readonly name: Text }[] = [
  { id: 'overview', name: { en: 'Overview', zh: '概览' } },
  { id: 'hot', name: { en: 'What is hot', zh: '热榜' } },
  { id: 'audience', name: { en: 'Audience', zh: '观众' } },
  { id: 'moments', name: { en: 'Moments', zh: '热点片段' } },
  { id: 'reviews', name: { en: 'What reviews say', zh: '评论口碑' } },
  { id: 'hygiene', name: { en: 'Reviews that stand out', zh: '异常评论' } },
  { id: 'talk', name: { en: 'What viewers talk about', zh: '观众谈什么' } },
  { id: 'advice', name: { en: 'What to improve', zh: '改进建议' } },
  { id: 'ratings', name: { en: 'Viewer ratings', zh: '观众评分' } },
  { id: 'published', name: { en: 'Charts and ratings', zh: '榜单与收视率' } },
  { id: 'box-office', name: { en: 'Box office', zh: '票房' } },
  { id: 'quality', name: { en: 'Data quality', zh: '数据质量' } },
  { id: 'sources', name: { en: 'Sources', zh: '数据来源' } },
  { id: 'method', name: { en: 'Definitions', zh: '定义' } },
]

const switches = html`<div class="switches"><div class="switch" role="group" aria-labelledby="pick-language"><span class="hidden" id="pick-language">${{ en: 'Language', zh: '语言' }}</span><button type="button" data-set="lang" value="en" lang="en" class="own">English</button><button type="button" data-set="lang" value="zh-CN" lang="zh-CN" class="own">中文</button></div><div class="switch" role="group" aria-labelledby="pick-theme"><span class="hidden" id="pick-theme">${{ en: 'Theme', zh: '外观' }}</span><button type="button" data-set="theme" value="auto">${{ en: 'Auto', zh: '自动' }}</button><button type="button" data-set="theme" value="light">${{ en: 'Light', zh: '浅色' }}</button><button type="button" data-set="theme" value="dark">${{ en: 'Dark', zh: '深色' }}</button></div></div>`

const icon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Cpath fill=%22%230063a3%22 d=%22M1 9h3v6H1zm5-4h3v10H6zm5-4h3v14h-3z%22/%3E%3C/svg%3E'

/** The whole report as one HTML page that needs nothing beside itself. Texts out of the data can neither become markup nor run. */
export function renderReport(data: ReportData): string {
  const charts: Charts = new Map()
  const body = [
    renderOverview(data),
    renderHotLists(charts, data),
    renderAudience(charts, data),
    renderMoments(charts, data),
    renderReviews(charts, data),
    renderHygiene(charts, data),
    renderTalk(charts, data),
    renderAdvice(charts, data),
    renderRatings(charts, data),
    renderPublished(charts, data),
    renderBoxOffice(charts, data),
    renderQuality(charts, data),
    renderSources(data),
    renderMethod(),
  ]
  const titles = { en: `${data.project}: audience report`, 'zh-CN': `${data.project}：观众分析报告` }
  const block = {
    titles,
    light: { ...light },
    dark: { ...dark },
    charts: Object.fromEntries([...charts].map(([id, chart]) => [id, chart.option])),
  }
  const scripts = [openingScript, readCharting(), pageScript].map(embedScript)
  const [opening, charting, page] = scripts.map((script) => new Html(`<script>${script}</script>`))
  return html`<!doctype html>
<html lang="${data.locale}" data-theme="auto"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${new Html(contentPolicy(scripts))}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${titles[data.locale]}</title><link rel="icon" href="${new Html(icon)}"><style>${new Html(style)}</style>${opening ?? null}</head>
<body><a class="skip" href="#main">${{ en: 'Skip to the content', zh: '跳到正文' }}</a>
<header><div><div><h1><bdi>${data.project}</bdi>${{ en: ': audience report', zh: '：观众分析报告' }}</h1><p>${data.period && html`${writePeriod(data.period)} · `}${{ en: 'written', zh: '生成于' }} ${writeInstant(data.writtenAt)}</p></div>${switches}</div></header>
${
  data.isSimulated &&
  html`<aside class="banner" aria-labelledby="simulated"><p id="simulated">⚠ ${{ en: 'Simulated data: a program made up the audience in this report. No number in it describes real viewers.', zh: '模拟数据：本报告中的观众由程序生成，数字不代表真实观众。' }}</p></aside>`
}
<div class="frame"><nav aria-labelledby="contents"><span class="hidden" id="contents">${{ en: 'Contents', zh: '目录' }}</span><ul>${contents.map(
    ({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`,
  )}</ul></nav><main id="main" tabindex="-1">
<noscript><p class="empty">${{ en: 'Charts need JavaScript. All their numbers are in the tables.', zh: '图表需要 JavaScript；全部数据均在表格中。' }}</p></noscript>
${body}<footer><p>${{ en: 'Written by Marquee. This file is complete in itself: it loads nothing and sends nothing.', zh: '由 Marquee 生成。本文件自成一体：不加载也不发送任何内容。' }}</p></footer></main></div>
<script type="application/json" id="data">${new Html(embedJson(block))}</script>
${charting ?? null}${page ?? null}</body></html>
`.markup
}
