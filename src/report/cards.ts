import type { Text } from '../text.ts'
import { type Hole, type Html, html } from './html.ts'

export interface Card {
  readonly label: Text
  readonly value: Hole
  readonly note?: Hole
}

/** Numbers large enough to read from across a table. */
export function renderCards(cards: readonly Card[]): Html {
  return html`<dl class="figures">${cards.map(
    ({ label, value, note }) =>
      html`<div><dt>${label}</dt><dd class="value">${value}</dd>${note !== undefined && note !== null && html`<dd class="from">${note}</dd>`}</div>`,
  )}</dl>`
}
