import { completedStages, type Executor, executorsOf } from '../../test/support/spark-rest.ts'

/** What the executors had done when it was asked. */
interface Work {
  readonly executors: readonly Executor[]
  readonly stages: ReadonlySet<number>
}

export async function workOf(ui: string): Promise<Work> {
  const [executors, stages] = await Promise.all([executorsOf(ui), completedStages(ui)])
  return { executors, stages: new Set(stages.map(({ stageId }) => stageId)) }
}

/** Prints what each executor has done since `before`; throws where one of them did nothing. */
export async function reportWork(ui: string, before: Work): Promise<void> {
  const executors = await executorsOf(ui)
  const stages = (await completedStages(ui)).filter(({ stageId }) => !before.stages.has(stageId))
  const tasks = stages.reduce((sum, { numCompleteTasks }) => sum + numCompleteTasks, 0)
  const written = stages.reduce((sum, { shuffleWriteBytes }) => sum + shuffleWriteBytes, 0)
  console.log(`  ${stages.length} stages of ${tasks} tasks, ${mb(written)} shuffled`)
  for (const executor of executors) {
    const start = before.executors.find(({ id }) => id === executor.id)
    const done = executor.completedTasks - (start?.completedTasks ?? 0)
    const read = executor.totalShuffleRead - (start?.totalShuffleRead ?? 0)
    const wrote = executor.totalShuffleWrite - (start?.totalShuffleWrite ?? 0)
    console.log(`  executor ${executor.id}: ${done} tasks, shuffle ${mb(read)} read, ${mb(wrote)} written`)
    if (done === 0 || wrote === 0) throw new Error(`Executor ${executor.id} did nothing.`)
  }
}

const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`
