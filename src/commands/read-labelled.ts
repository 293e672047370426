import { DataError } from '../errors.ts'
import { type LabelledText, parseOpinions } from '../reviews/aspects/labelled-text.ts'
import { readReviews } from './read-reviews.ts'

function unknownOpinions(value: string, file: string, line: number | undefined): DataError {
  return new DataError(
    { en: `“${value}” is no list of opinions.`, zh: `“${value}”不是评价列表。` },
    {
      ...{ code: 'opinions-unknown', value, file, ...(line === undefined ? {} : { line }) },
      advice: {
        en: 'Write aspects with -1, 0 or 1, as in acting:1; story:-1.',
        zh: '请写作“方面:-1、0 或 1”，如 acting:1; story:-1。',
      },
    },
  )
}

/** The texts of `file` with the labels in `column`. @throws InputError, DataError `opinions-unknown` naming the line */
export async function readLabelled(
  file: string,
  text: string,
  column: string,
  signal: AbortSignal,
): Promise<LabelledText[]> {
  const texts: LabelledText[] = []
  for await (const rows of readReviews(file, [text, column], signal)) {
    for (const { line, values } of rows) {
      const opinions = parseOpinions(values[column] ?? '')
      if (!opinions) throw unknownOpinions(values[column] ?? '', file, line)
      texts.push({ text: values[text] ?? '', opinions })
    }
  }
  return texts
}
