import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet'
import { mapAtOnce } from '../../map-at-once.ts'

const filesAtOnce = 16

/** How many rows each Parquet file of `folder` has, in the order of their names; of each file only its end is read. */
export async function parquetRows(folder: string): Promise<{ file: string; rows: number }[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.parquet')).sort()
  return mapAtOnce(files, filesAtOnce, async (file) => {
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(join(folder, file)))
    return { file, rows: Number(metadata.num_rows) }
  })
}
