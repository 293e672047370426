import { InputError } from '../errors.ts'
import type { modelNames } from '../reviews/sentiment/learners.ts'
import { lstmSettings } from '../reviews/sentiment/lstm/lstm-settings.ts'

const lstmNames = [...lstmSettings.keyof().options, 'threads'] as const

/** @throws InputError `setting-of-lstm` */
function refuseLstmSettings(given: Readonly<Record<string, unknown>>): void {
  const name = lstmNames.find((one) => given[one] !== undefined)
  if (name === undefined) return
  throw new InputError(
    { en: `--${name} is a setting of an LSTM.`, zh: `--${name} 是 LSTM 的设置。` },
    {
      ...{ code: 'setting-of-lstm', value: name },
      advice: { en: 'Add --model lstm, or leave it out.', zh: '请加上 --model lstm，或去掉该选项。' },
    },
  )
}

function labelsUnchecked(): InputError {
  return new InputError(
    { en: 'Only a linear model checks all labels.', zh: '仅线性模型可检查全部标签。' },
    {
      ...{ code: 'setting-of-linear', value: 'checkLabels' },
      advice: { en: 'Leave --check-labels or --model lstm out.', zh: '请去掉 --check-labels 或 --model lstm。' },
    },
  )
}

/** @throws InputError `setting-of-lstm` or `setting-of-linear` for what the other kind of model is told by */
export function refuseSettings(
  kind: (typeof modelNames)[number],
  { checkLabels, ...given }: { readonly checkLabels: boolean } & Readonly<Record<string, unknown>>,
): void {
  if (kind === 'linear') refuseLstmSettings(given)
  else if (checkLabels) throw labelsUnchecked()
}
