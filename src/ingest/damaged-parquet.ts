import { DataError, isMarqueeError } from '../errors.ts'

/** What the engine said about a Parquet file as an error of the data; anything but a failed statement as it is. */
export function damagedParquet(error: unknown, file: string): unknown {
  if (!isMarqueeError(error) || error.code !== 'query-failed') return error
  const [said = ''] = error.message.split('\n')
  return new DataError(`${file} cannot be read as Parquet.`, {
    code: 'damaged-parquet',
    value: said.replace(/^.*? Error: /, ''),
    file,
    advice: 'Copy or write the file again; if it is no Parquet at all, set format.type of its source in marquee.yaml.',
    cause: error,
  })
}
