import { DataError, isMarqueeError } from '../errors.ts'

/** What the engine said about a Parquet file as an error of the data; anything but a failed statement as it is. */
export function damagedParquet(error: unknown, file: string): unknown {
  if (!isMarqueeError(error) || error.code !== 'query-failed') return error
  const [said = ''] = error.message.split('\n')
  return new DataError(
    { en: `${file} cannot be read as Parquet.`, zh: `${file} 无法按 Parquet 读取。` },
    {
      code: 'damaged-parquet',
      value: said.replace(/^.*? Error: /, ''),
      file,
      advice: {
        en: 'Copy or write the file again; if it is no Parquet at all, set format.type of its source in marquee.yaml.',
        zh: '请重新复制或生成该文件；若它并非 Parquet，请在 marquee.yaml 中设置其来源的 format.type。',
      },
      cause: error,
    },
  )
}
