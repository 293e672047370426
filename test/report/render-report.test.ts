import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ReportData, renderReport } from '../../src/report/index.ts'
import { canSkipBrowser, openBrowser } from '../support/browser.ts'
import { emptyReport, hostile, hotList, richReport } from './fixture.ts'

const rich = renderReport(richReport)
const markup = rich.replace(/<script>[\s\S]*?<\/script>/g, '')

/** Every part of `data`, with fewer rows of a kind. */
const brief = (data: ReportData): ReportData => ({
  ...data,
  hot: { ...data.hot, titles: data.hot.titles && { ...data.hot.titles, rows: data.hot.titles.rows.slice(0, 6) } },
  boxOffice: data.boxOffice && { ...data.boxOffice, rows: data.boxOffice.rows.slice(0, 5) },
  audience: data.audience && {
    ...data.audience,
    reach: data.audience.reach.slice(0, 4),
    daily: data.audience.daily.map((line) => ({ ...line, days: line.days.slice(0, 5) })),
    retention: data.audience.retention.map((curve) => ({ ...curve, points: curve.points.slice(0, 5) })),
  },
  quality: data.quality && { ...data.quality, ledger: data.quality.ledger.slice(0, 4) },
})

describe('the page as text', () => {
  test('asks for nothing outside itself, and its policy names the hash of each script', () => {
    const policy = rich.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)?.[1] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    const scripts = [...rich.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '')
    expect(scripts).toHaveLength(3)
    for (const script of scripts) {
      expect(policy).toContain(createHash('sha256').update(script).digest('base64'))
    }
    expect(markup).not.toMatch(/<(?:link|script|img|iframe)[^>]+(?:src|href)=["']?(?:https?:)?\/\//)
  })

  test('names cannot become markup', () => {
    expect(markup).not.toContain('<img')
    expect(markup).not.toContain('<b>Bold')
    expect(markup).toContain('&lt;/script&gt;&lt;img src=x onerror=&quot;')
    const block = rich.match(/id="data">([\s\S]*?)<\/script>/)?.[1] ?? ''
    expect(block).not.toMatch(/[<>&\u2028]/)
    expect(JSON.stringify(JSON.parse(block))).toContain('onerror=')
  })

  test('numbers that the tables cut are announced', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `Title ${index}`)
    const page = renderReport({ ...richReport, hot: { ...richReport.hot, titles: hotList(many, 1) } })
    expect(page).toContain('The first 100 of 5,000 are shown.')
    expect(page).toContain('共 5,000 项，显示前 100 项。')
    expect(page).toContain('Title 99<')
    expect(page).not.toContain('Title 100<')
  })

  test('it is told when nothing was learned from reviews that are judged', () => {
    expect(markup).toContain('Judged by a list of opinion words alone')
    expect(renderReport({ ...richReport, reviewNotes: [] })).not.toContain('Judged by a list')
  })
})

describe.skipIf(canSkipBrowser)('the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-report-'))
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const save = (content: string, name: string): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return pathToFileURL(path).href
  }

  interface Opened {
    readonly page: Page
    /** Console errors, page errors, and requests beside the page's own. */
    readonly complaints: string[]
  }

  async function open(url: string, width = 1440): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (request.url() !== page.url() && !/^(?:file|data):/.test(request.url())) complaints.push(request.url())
    })
    page.on('requestfailed', (request) => complaints.push(`failed ${request.url()}`))
    await page.goto(url)
    await drawn(page)
    return { page, complaints }
  }

  const drawn = (page: Page) =>
    expect
      .poll(
        () =>
          page.evaluate(
            `[...document.querySelectorAll('[data-chart]')].every((chart) => chart.querySelectorAll('svg path').length > 3)`,
          ),
        { timeout: 15_000 },
      )
      .toBe(true)

  /** What a reader of the page sees, without what comes from the data: names, code and the switch between languages. */
  const ownWords = async (page: Page): Promise<string[]> => {
    const texts = await page.evaluate<string[]>(`(() => {
      const texts = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement
        if (!parent.closest('bdi, code, .own, svg, script') && parent.getClientRects().length) texts.push(node.data)
      }
      return texts
    })()`)
    return texts.map((text) => text.replace(/“\u2068.*?\u2069”/gs, '')).filter((text) => text.trim() !== '')
  }

  /** Texts of charts that stick out of the picture, but for the further pages of a legend. */
  const cutLabels = (page: Page): Promise<string[]> =>
    page.evaluate(`[...document.querySelectorAll('.chart svg')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect()
      return [...svg.querySelectorAll('text')].filter((text) => {
        const box = text.getBoundingClientRect()
        return !text.closest('[clip-path]') && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
      }).map((text) => text.textContent)
    })`)

  const waitForText = (page: Page, selector: string, text: string) =>
    expect.poll(() => page.locator(selector).textContent(), { timeout: 15_000 }).toContain(text)

  const url = save(rich, 'rich.html')

  test.each([
    [360, 'light', 'zh'],
    [360, 'dark', 'en'],
    [768, 'light', 'en'],
    [768, 'dark', 'zh'],
    [1440, 'light', 'en'],
    [1440, 'dark', 'zh'],
  ])('at %i px, %s, in %s: no complaint, no overflow', async (width, theme, lang) => {
    const { page, complaints } = await open(`${url}?lang=${lang}&theme=${theme}`, width)
    await page.evaluate(`document.querySelectorAll('details').forEach((details) => { details.open = true })`)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    expect(await page.evaluate('document.documentElement.lang')).toBe(lang === 'zh' ? 'zh-CN' : 'en')
    expect(await cutLabels(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  })

  test.each([
    [360, 'light', 'en'],
    [1440, 'dark', 'zh'],
  ])('at %i px, %s, in %s: no rule of accessibility is broken gravely', async (width, theme, lang) => {
    const { page } = await open(
      `${save(renderReport(brief(richReport)), 'brief.html')}?lang=${lang}&theme=${theme}`,
      width,
    )
    await page.evaluate(`document.querySelectorAll('details').forEach((details) => { details.open = true })`)
    const { violations } = await new AxeBuilder({ page }).exclude('svg').setLegacyMode().analyze()
    const grave = violations.filter((found) => found.impact === 'serious' || found.impact === 'critical')
    expect(grave.map((found) => `${found.id}: ${found.nodes[0]?.html} ${found.nodes[0]?.failureSummary}`)).toEqual([])
    await page.close()
  })

  test.each([
    [360, 'zh'],
    [360, 'en'],
    [1440, 'en'],
  ])('at %i px, in %s: names of aspects do not lie on each other', async (width, lang) => {
    const { page } = await open(`${url}?lang=${lang}`, width)
    interface Box {
      readonly left: number
      readonly right: number
      readonly top: number
      readonly bottom: number
    }
    const boxes = await page.evaluate<{ text: string; box: Box }[]>(
      `[...document.querySelectorAll('#drivers-1 svg text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect().toJSON() }))`,
    )
    const isOn = (a: Box, b: Box) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3
    const covered = boxes.filter(({ box }, index) => boxes.slice(0, index).some((other) => isOn(box, other.box)))
    expect(covered.map(({ text }) => text)).toEqual([])
    const shown = boxes.map(({ text }) => text)
    for (const name of lang === 'zh'
      ? ['优先改进', '演技', '节奏', '剧本与台词']
      : ['Improve first', 'Acting', 'Pace']) {
      expect(shown).toContain(name)
    }
    await page.close()
  })

  test('the switch changes every word, at once, and is remembered', async () => {
    const { page, complaints } = await open(`${url}`)
    const english = await ownWords(page)
    expect(english.filter((word) => /[\u3400-\u9fff]/.test(word))).toEqual([])
    const axis = () => page.locator('#hot-titles-volume svg').textContent()
    expect(await axis()).toContain('viewer-minutes')
    await page.getByRole('button', { name: '中文' }).click()
    await waitForText(page, '#hot-titles-volume svg', '万')
    const chinese = await ownWords(page)
    expect(chinese.length).toBeGreaterThan(300)
    expect(chinese.filter((word) => /[A-Za-z]{2,} [A-Za-z]{2,}/.test(word))).toEqual([])
    expect(await axis()).not.toContain('viewer-minutes')
    expect(await page.title()).toContain('观众分析报告')
    await page.reload()
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN')
    await page.goto(`${url}#lang=en`)
    expect(await page.evaluate('document.documentElement.lang')).toBe('en')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('opens in the language of the data, and says where nothing was measured', async () => {
    const { page, complaints } = await open(save(renderReport(emptyReport), 'empty.html'), 360)
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN')
    expect(await page.locator('.empty:visible').count()).toBe(13)
    expect(await page.getByText('模拟数据').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a hostile name runs nothing and is shown as it is, in tooltips too', async () => {
    const title = hotList([hostile, hostile], 1)
    const data: ReportData = { ...richReport, hot: { ...richReport.hot, titles: title } }
    const { page, complaints } = await open(save(renderReport(data), 'hostile.html'))
    await page.locator('#hot-titles-volume .chart').hover({ position: { x: 300, y: 30 } })
    await waitForText(page, '#hot-titles-volume svg', '1.23M')
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.title()).not.toBe('owned')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('prints light, with the tables that are open and each chart inside the page', async () => {
    const { page, complaints } = await open(`${url}?theme=dark`)
    await page.locator('details:not([open]) summary').first().click()
    const opened = await page.locator('details[open]').count()
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(100_000)
    await page.setViewportSize({ width: 690, height: 1000 })
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(opened).toBeGreaterThan(0)
    expect(await page.locator('details:visible').count()).toBe(opened + (await page.locator('.list details').count()))
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(background).toBe('rgb(255, 255, 255)')
    const widest = await page.evaluate(
      `Math.max(...[...document.querySelectorAll('.chart svg')].map((chart) => chart.getBoundingClientRect().right))`,
    )
    expect(widest).toBeLessThanOrEqual(690)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('five thousand titles open in under two seconds', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `Title ${index}`)
    const list = hotList(names, 1)
    const audience = richReport.audience && {
      ...richReport.audience,
      reach: names.map((name, index) => ({ name, reach: 5001 - index, completion: (index % 97) / 97, minutes: index })),
    }
    const large = renderReport({
      ...richReport,
      audience,
      hot: { titles: list, actors: list, directors: list, genres: list },
    })
    const { page } = await open(save(large, 'large.html'))
    const opened = await page.evaluate(`performance.getEntriesByType('navigation')[0].domInteractive`)
    expect(opened).toBeLessThan(2000)
    expect(await page.locator('body *').count()).toBeLessThan(30_000)
    await page.close()
  })
})
