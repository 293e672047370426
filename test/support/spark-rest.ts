/** What Spark's own REST API tells of a server, by the address of its pages. */

export interface Executor {
  readonly id: string
  readonly isActive: boolean
  readonly activeTasks: number
  readonly completedTasks: number
  readonly totalShuffleRead: number
  readonly totalShuffleWrite: number
}

interface Stage {
  readonly stageId: number
  readonly status: string
  readonly numCompleteTasks: number
  readonly shuffleReadBytes: number
  readonly shuffleWriteBytes: number
}

async function read<Answer>(ui: string, path: string): Promise<Answer> {
  const at = async (rest: string) => (await fetch(`${ui}/api/v1/applications${rest}`)).json()
  const [application] = (await at('')) as { readonly id: string }[]
  return (await at(`/${application?.id}/${path}`)) as Answer
}

/** How many jobs of the whole server are running now. */
export async function runningJobs(ui: string): Promise<number> {
  const jobs = await read<{ readonly status: string }[]>(ui, 'jobs')
  return jobs.filter(({ status }) => status === 'RUNNING').length
}

/** The executors that were ever there, without the driver. */
export async function executorsOf(ui: string): Promise<Executor[]> {
  const all = await read<Executor[]>(ui, 'allexecutors')
  return all.filter(({ id }) => id !== 'driver')
}

/** The stages of the whole server that ran to their end. */
export async function completedStages(ui: string): Promise<Stage[]> {
  return read<Stage[]>(ui, 'stages?status=complete')
}
