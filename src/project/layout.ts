import { join } from 'node:path'

/** Where things lie in a project folder. All but `settings`, `decisions` and the key can be rebuilt from the sources. */
export interface Layout {
  readonly folder: string
  readonly settings: string
  /** What a person decided about titles. */
  readonly decisions: string
  readonly home: string
  readonly parts: string
  readonly quarantine: string
  readonly versions: string
  /** One line: the number of the published version. */
  readonly current: string
  /** Sizes, times and hashes of the files that the last build read. */
  readonly seen: string
  /** Where the engine of this process spills what memory does not hold. */
  readonly spill: string
  readonly lock: string
  /** Trained models, a folder for each thing that is modelled. */
  readonly models: string
}

export function layoutOf(folder: string): Layout {
  const home = join(folder, '.marquee')
  return {
    folder,
    settings: join(folder, 'marquee.yaml'),
    decisions: join(folder, 'titles.yaml'),
    home,
    parts: join(home, 'parts'),
    quarantine: join(home, 'quarantine'),
    versions: join(home, 'versions'),
    current: join(home, 'current'),
    seen: join(home, 'seen.json'),
    spill: join(home, `spill-${process.pid}`),
    lock: join(home, 'lock'),
    models: join(home, 'models'),
  }
}
