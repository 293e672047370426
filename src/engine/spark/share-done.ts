import type { StageProgress } from './session.ts'

/**
 * The share of an execution's tasks that are done, 0 to 1, or undefined while no stage is known. A task that was repeated
 * counts once. Stages whose results are there already are listed but never run: one without a finished task is left out where a
 * later stage has one, since stages run in the order of their ids.
 */
export function shareDone(stages: readonly StageProgress[]): number | undefined {
  const latest = Math.max(-1, ...stages.filter(({ tasksDone }) => tasksDone > 0).map(({ stageId }) => stageId))
  const running = stages.filter(({ stageId, tasksDone }) => tasksDone > 0 || stageId > latest)
  const tasks = running.reduce((sum, stage) => sum + stage.tasks, 0)
  const done = running.reduce((sum, stage) => sum + Math.min(stage.tasksDone, stage.tasks), 0)
  return tasks === 0 ? undefined : done / tasks
}
