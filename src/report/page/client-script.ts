/** Runs before the page is drawn: the language and theme that its reader chose, from the address, the last visit or the data. */
export const openingScript = `(() => {
  const root = document.documentElement
  const recall = (key) => { try { return localStorage.getItem('marquee-report-' + key) } catch { return null } }
  const language = (text) => /^zh/i.test(text || '') ? 'zh-CN' : /^en/i.test(text || '') ? 'en' : null
  const asked = (key) => new URLSearchParams(location.search).get(key) || new URLSearchParams(location.hash.slice(1)).get(key)
  const theme = (text) => ['auto', 'light', 'dark'].includes(text) ? text : null
  root.lang = language(asked('lang')) || language(recall('lang')) || root.lang
  root.dataset.theme = theme(asked('theme')) || theme(recall('theme')) || 'auto'
})()`

/** Draws the charts from the data block, and again whenever language, theme or width change. Plain JavaScript, nothing compiled. */
export const pageScript = `(() => {
  const root = document.documentElement
  const data = JSON.parse(document.getElementById('data').textContent)
  const darkScreen = matchMedia('(prefers-color-scheme: dark)')
  const charts = [...document.querySelectorAll('[data-chart]')].map((element) => ({
    element,
    option: JSON.stringify(data.charts[element.dataset.chart]),
    height: Number.parseInt(element.style.height, 10),
    chart: null,
    drawn: '',
  }))
  let printing = false

  const format = (options) => {
    const numbers = new Intl.NumberFormat(root.lang, options)
    return (value) => value === null || value === undefined || value === '-' ? '–' : numbers.format(value)
  }

  const wrap = (lines, width) => {
    const room = Math.max(12, Math.floor(width / 9))
    return lines.flatMap((line) => {
      const parts = []
      let part = ''
      let used = 0
      for (const character of line) {
        const size = character.charCodeAt(0) > 0x2e7f ? 1.8 : 1
        if (used + size > room) { parts.push(part); part = ''; used = 0 }
        part += character
        used += size
      }
      return [...parts, part]
    }).join('\\n')
  }

  /** Lays each label beside its mark where it covers least of the labels before it and of other marks. */
  const layApart = (chart) => {
    const labels = new Map()
    const shared = (a, b) =>
      Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
      Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))
    return ({ seriesIndex, dataIndex, labelRect: { width, height } }) => {
      const { data, symbolSize: size } = chart.getOption().series[seriesIndex]
      const marks = data.map(({ value }) => {
        const [x, y] = chart.convertToPixel({ seriesIndex }, value)
        return { x: x - size / 2, y: y - size / 2, width: size, height: size }
      })
      const before = [...labels].flatMap(([index, label]) => index < dataIndex ? [label] : [])
      const own = marks[dataIndex]
      const left = Math.min(...marks.map((mark) => mark.x))
      const cover = (label, others) => others.reduce((sum, other) => sum + shared(label, other), 0)
      const places = [[1, 0], [-1, 0], [1, -1], [-1, -1], [1, 1], [-1, 1]].map(([right, down], order) => {
        const x = right > 0 ? own.x + size + 3 : own.x - width - 3
        const y = own.y + (size - height) / 2 + down * (size + height) / 2
        const label = { x: x - 2, y: y - 1, width: width + 4, height: height + 2 }
        const outside = label.width * Math.max(0, left - label.x, label.x + label.width - chart.getWidth())
        return { x, y, label, cost: order + 9 * (outside + cover(label, before)) + cover({ x, y, width, height }, marks) }
      })
      const { x, y, label } = places.reduce((best, place) => place.cost < best.cost ? place : best)
      labels.set(dataIndex, label)
      return { x, y, align: 'left', verticalAlign: 'top', hideOverlap: true }
    }
  }

  const tokens = (width, chart) => {
    const colours = printing || !isDark() ? data.light : data.dark
    return {
      ...colours,
      compact: format({ notation: 'compact', maximumSignificantDigits: 3 }),
      share: format({ style: 'percent', maximumFractionDigits: 1 }),
      change: format({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }),
      short: (datum) => datum.data.short,
      tip: (datum) => wrap(datum.data.tip, Math.min(width - 40, 420)),
      names: Math.min(260, Math.round(width * 0.42)),
      legend: width - 50,
      roomy: width >= 440,
      tilt: width < 560 ? 45 : 0,
      tiltFew: width < 440 ? 45 : 0,
      tick: width < 560 ? 3 : 5,
      apart: layApart(chart),
    }
  }

  const isDark = () => root.dataset.theme === 'dark' || (root.dataset.theme === 'auto' && darkScreen.matches)

  const resolve = (json, values) => JSON.parse(json, (_, value) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    if (typeof value.$ === 'string') return values[value.$]
    if (typeof value.en === 'string' && typeof value.zh === 'string') return root.lang === 'zh-CN' ? value.zh : value.en
    return value
  })

  const draw = (item) => {
    const width = printing ? 640 : item.element.clientWidth
    const state = [width, root.lang, isDark(), printing].join()
    if (width === 0 || state === item.drawn) return
    item.drawn = state
    item.chart ??= echarts.init(item.element, null, { renderer: 'svg', width })
    item.chart.resize({ width, height: printing ? 0.75 * item.height : item.height })
    item.chart.setOption(resolve(item.option, tokens(width, item.chart)), { notMerge: true })
  }
  let turn = 0
  const drawAll = () => {
    const mine = ++turn
    const queue = [...charts]
    const next = () => {
      const item = queue.shift()
      if (!item || mine !== turn) return
      draw(item)
      setTimeout(next)
    }
    next()
  }

  const show = () => {
    document.title = data.titles[root.lang]
    for (const button of document.querySelectorAll('button[data-set]')) {
      const key = button.dataset.set
      const current = key === 'lang' ? root.lang : root.dataset.theme
      button.setAttribute('aria-pressed', String(current === button.value))
    }
    drawAll()
  }
  const choose = (key, value) => {
    if (key === 'lang') root.lang = value
    else root.dataset.theme = value
    try { localStorage.setItem('marquee-report-' + key, value) } catch { /* A browser that keeps nothing forgets the choice. */ }
    show()
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-set]')
    if (button) choose(button.dataset.set, button.value)
  })
  addEventListener('hashchange', () => {
    const asked = new URLSearchParams(location.hash.slice(1)).get('lang')
    if (asked) choose('lang', /^zh/i.test(asked) ? 'zh-CN' : 'en')
  })
  darkScreen.addEventListener('change', show)
  let waiting = 0
  addEventListener('resize', () => {
    cancelAnimationFrame(waiting)
    waiting = requestAnimationFrame(drawAll)
  })
  addEventListener('beforeprint', () => {
    printing = true
    charts.forEach(draw)
  })
  addEventListener('afterprint', () => {
    printing = false
    drawAll()
  })
  show()
})()`
