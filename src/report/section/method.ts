import { type Definition, definitions } from '../definitions.ts'
import { type Html, html } from '../html.ts'
import { renderSection } from './section.ts'

export function renderMethod(): Html {
  const terms: readonly Definition[] = definitions
  return renderSection(
    'method',
    { en: 'Method and definitions', zh: '方法与定义' },
    html`<dl class="terms card">${terms.map(
      (definition) =>
        html`<dt id="term-${definition.id}">${definition.term}</dt><dd>${definition.meaning}</dd><dd class="formula">${
          definition.formula !== undefined && html`<code>${definition.formula}</code> · `
        }${{ en: 'Source', zh: '出处' }}: <cite lang="en" class="own">${definition.standard}</cite></dd>`,
    )}</dl>`,
  )
}
