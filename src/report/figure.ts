import type { Text } from '../text.ts'
import type { Chart } from './chart/option.ts'
import { type Html, html } from './html.ts'

/** The charts of a page by the id of their place in it. */
export type Charts = Map<string, Chart>

export interface Figure {
  readonly id: string
  /** What the chart shows, as a sentence. */
  readonly finding: Text
  /** What was measured, and how. */
  readonly what: Text
  readonly chart: Chart
  /** The numbers behind it. */
  readonly table: Html
}

/** A chart under the sentence that it shows, over the table of its numbers. */
export function renderFigure(charts: Charts, figure: Figure): Html {
  charts.set(figure.id, figure.chart)
  return html`<figure id="${figure.id}" aria-labelledby="${figure.id}-finding"><figcaption><strong id="${figure.id}-finding">${figure.finding}</strong><span class="what">${figure.what}</span></figcaption><div class="chart" role="img" aria-labelledby="${figure.id}-finding" data-chart="${figure.id}" style="height:${figure.chart.height}px"></div><details><summary>${{ en: 'Show the numbers', zh: '查看数据表' }}</summary>${figure.table}</details></figure>`
}

/** What stands where there is nothing to show: why, and what to do. */
export function renderEmpty(text: Text, command?: string): Html {
  return html`<p class="empty">${text}${command !== undefined && html` <code>${command}</code>`}</p>`
}
