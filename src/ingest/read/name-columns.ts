import type { Text } from '../../text.ts'

/**
 * Column names out of a header: trimmed, the empty ones called `column_N`, and repeated ones (case aside, as an engine
 * sees them) numbered ` (2)`, ` (3)`; `notes` tell what was changed.
 */
export function nameColumns(header: readonly string[]): { columns: string[]; notes: Text[] } {
  const notes: Text[] = []
  const taken = new Set<string>()
  const columns = header.map((cell, index) => {
    const wanted = cell.trim() || `column_${index + 1}`
    let name = wanted
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${wanted} (${copy})`
    taken.add(name.toLowerCase())
    if (name !== wanted) {
      notes.push({
        en: `The header ${wanted} is there more than once; column ${index + 1} is read as ${name}.`,
        zh: `表头 ${wanted} 重复；第 ${index + 1} 列读作 ${name}。`,
      })
    }
    return name
  })
  return { columns, notes }
}
