import type { Text } from '../../text.ts'
import { type DefinitionId, definitions } from '../definitions.ts'
import { type Hole, type Html, html } from '../html.ts'

/** A landmark of the page under its heading. */
export function renderSection(id: string, heading: Text, body: Hole): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2>${body}</section>\n`
}

/** A link to where a term is explained. */
export function linkTerm(id: DefinitionId): Html {
  const term = definitions.find((definition) => definition.id === id)?.term ?? null
  return html`<a href="#term-${id}">${term}</a>`
}
