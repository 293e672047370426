import type { Text } from '../text.ts'
import { type Hole, Html, html } from './html.ts'
import { writeNumber } from './wording.ts'

export interface TableColumn<Row> {
  readonly head: Text | Html
  readonly cell: (row: Row) => Hole
  /** How the column is set; text is kept on one line. */
  readonly align?: 'number' | 'text' | 'why'
}

export interface Table<Row> {
  readonly caption: Text
  /** The first column names the row. */
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  /** More rows than this are cut, and the table says how many. */
  readonly limit?: number
  /** How many rows there are in all, when `rows` was cut before. */
  readonly total?: number
  /** Cells of a last row of sums. */
  readonly sums?: readonly Hole[]
}

const defaultLimit = 100

/** A table that scrolls inside its own frame when the page is narrow. */
export function renderTable<Row>(table: Table<Row>): Html {
  const shown = table.rows.slice(0, table.limit ?? defaultLimit)
  const total = Math.max(table.total ?? 0, table.rows.length)
  const align = (index: number) => new Html(table.columns[index]?.align ? ` class="${table.columns[index].align}"` : '')
  return html`<div class="scroll" tabindex="0" role="group"><table><caption>${table.caption}${
    shown.length < total && html` ${cutNote(shown.length, total)}`
  }</caption><thead><tr>${table.columns.map(
    (column, index) => html`<th scope="col"${align(index)}>${column.head}</th>`,
  )}</tr></thead><tbody>${shown.map(
    (row) =>
      html`<tr>${table.columns.map((column, index) =>
        index === 0
          ? html`<th scope="row"${align(index)}>${column.cell(row)}</th>`
          : html`<td${align(index)}>${column.cell(row)}</td>`,
      )}</tr>\n`,
  )}</tbody>${
    table.sums !== undefined &&
    html`<tfoot><tr>${table.sums.map((sum, index) =>
      index === 0 ? html`<th scope="row">${sum}</th>` : html`<td${align(index)}>${sum}</td>`,
    )}</tr></tfoot>`
  }</table></div>`
}

/** How much of a list is shown. */
export function cutNote(shown: number, total: number): Text {
  return {
    en: `The first ${writeNumber(shown).en} of ${writeNumber(total).en} are shown.`,
    zh: `共 ${writeNumber(total).zh} 项，显示前 ${writeNumber(shown).zh} 项。`,
  }
}
