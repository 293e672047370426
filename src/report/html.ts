import type { Text } from '../text.ts'

/** Markup that is safe to put into the page as it stands. Only `html` makes it. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

/** What a hole of `html` takes: text is escaped, a `Text` is written in both languages, null and false leave nothing. */
export type Hole = string | number | Html | Text | null | false | readonly Hole[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** `value` as text of an element or of a quoted attribute; control characters become U+FFFD. */
export function escapeHtml(value: string): string {
  return value
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) => (character === '\r' ? ' ' : '\ufffd'))
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

function fill(hole: Hole): string {
  if (hole === null || hole === false) return ''
  if (hole instanceof Html) return hole.markup
  if (typeof hole === 'string') return escapeHtml(hole)
  if (typeof hole === 'number') return String(hole)
  if ('en' in hole) return fillText(hole)
  return hole.map(fill).join('')
}

function fillText(text: Text): string {
  if (text.en === text.zh) return escapeHtml(text.en)
  return `<span lang="en">${escapeHtml(text.en)}</span><span lang="zh-CN">${escapeHtml(text.zh)}</span>`
}

/** Markup with every hole escaped by what it is. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  return new Html(parts.map((part, index) => part + fill(holes[index] ?? null)).join(''))
}

/** A name out of the user's files: shown as it is, kept from turning the direction of what surrounds it. */
export function showName(name: string): Html {
  return html`<bdi>${name}</bdi>`
}
