import type { Text } from '../../text.ts'
import type { Taxonomy } from '../aspects/taxonomy.ts'

/** What people call each aspect of `taxonomy`; one that it does not have keeps its id. */
export function aspectNames({ aspects }: Taxonomy): (aspect: string) => Text {
  const names = new Map(aspects.map(({ id, name }) => [id, name]))
  return (aspect) => names.get(aspect) ?? { en: aspect, zh: aspect }
}
