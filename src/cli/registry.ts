import type { Question } from '../question.ts'

type Loader = () => Promise<Question>

/** Every capability by the words that call it; a module is loaded when its command is used. */
export const registry: Readonly<Record<string, Loader>> = {
  init: async () => (await import('../commands/init.ts')).init as unknown as Question,

  add: async () => (await import('../commands/add.ts')).add as unknown as Question,
  build: async () => (await import('../commands/build.ts')).buildQuestion as unknown as Question,
  status: async () => (await import('../commands/status.ts')).status as unknown as Question,
  query: async () => (await import('../commands/query.ts')).queryQuestion as unknown as Question,
  export: async () => (await import('../commands/export.ts')).exportTable as unknown as Question,
  doctor: async () => (await import('../commands/doctor.ts')).doctor as unknown as Question,
}
