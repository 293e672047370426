import type { Question } from '../question.ts'

/** Every capability by the words that call it; a module is loaded when its command is used. */
const loaders = {
  demo: async () => (await import('../commands/demo.ts')).demo,
  init: async () => (await import('../commands/init.ts')).init,
  add: async () => (await import('../commands/add.ts')).add,
  preview: async () => (await import('../commands/preview.ts')).preview,
  build: async () => (await import('../commands/build.ts')).buildQuestion,
  report: async () => (await import('../commands/report.ts')).report,
  'hot titles': async () => (await import('../discovery/index.ts')).hotTitles,
  'hot actors': async () => (await import('../discovery/index.ts')).hotActors,
  'hot directors': async () => (await import('../discovery/index.ts')).hotDirectors,
  'hot genres': async () => (await import('../discovery/index.ts')).hotGenres,
  'hot charts': async () => (await import('../discovery/index.ts')).hotCharts,
  audience: async () => (await import('../audience/index.ts')).audience,
  'audience retention': async () => (await import('../audience/index.ts')).audienceRetention,
  'audience metrics': async () => (await import('../audience/index.ts')).audienceMetrics,
  'recommend train': async () => (await import('../recommend/index.ts')).recommendTrain,
  'recommend for': async () => (await import('../recommend/index.ts')).recommendFor,
  'recommend similar': async () => (await import('../recommend/index.ts')).recommendSimilar,
  'recommend because': async () => (await import('../recommend/index.ts')).recommendBecause,
  'recommend models': async () => (await import('../recommend/index.ts')).recommendModels,
  'recommend evaluate': async () => (await import('../commands/recommend-evaluate.ts')).recommendEvaluate,
  query: async () => (await import('../commands/query.ts')).queryQuestion,
  export: async () => (await import('../commands/export.ts')).exportTable,
  status: async () => (await import('../commands/status.ts')).status,
  'titles review': async () => (await import('../commands/titles-review.ts')).titlesReview,
  quality: async () => (await import('../quality/index.ts')).quality,
  'quarantine list': async () => (await import('../quality/index.ts')).listQuarantine,
  'quarantine show': async () => (await import('../quality/index.ts')).showQuarantine,
  'quarantine export': async () => (await import('../quality/index.ts')).exportQuarantine,
  'quarantine replay': async () => (await import('../commands/quarantine-replay.ts')).replayQuarantine,
  simulate: async () => (await import('../simulate/index.ts')).simulateQuestion,
  'spark up': async () => (await import('../commands/spark-up.ts')).sparkUp,
  doctor: async () => (await import('../commands/doctor.ts')).doctor,
}

export const registry = loaders as unknown as Readonly<Record<string, () => Promise<Question>>>
