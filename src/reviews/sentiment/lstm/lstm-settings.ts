import { z } from 'zod'
import { poolings } from '../../../kernels/networks/pooling.ts'
import { about } from '../../../question.ts'

const layer = z.int().min(8).max(1024).multipleOf(8)

/** What a network may be told of what it is made of and how it learns. */
export const lstmSettings = z.object({
  pooling: z
    .enum(poolings)
    .meta(
      about(
        'How an LSTM makes one vector of its states; mean unless set',
        'LSTM 将各步状态合为一个向量的方式，默认 mean',
      ),
    ),
  bidirectional: z.boolean().meta(about('An LSTM reads in both directions', 'LSTM 双向读取')),
  longest: z
    .int()
    .min(8)
    .max(10_000)
    .meta(
      about(
        'Words that an LSTM reads of a review; of a longer one a quarter of so many at its beginning and the rest at its end; 500 unless set',
        'LSTM 对每条评论最多读取的词数；超长时取开头四分之一、其余取自结尾；默认 500',
      ),
    ),
  vocabulary: z
    .int()
    .min(10)
    .max(1_000_000)
    .meta(
      about(
        'Words that an LSTM knows, the most frequent; 20000 unless set',
        'LSTM 认识的词数（取最常见者），默认 20000',
      ),
    ),
  embedding: layer.meta(
    about(
      'Numbers that an LSTM knows a word by, a multiple of 8; 128 unless set',
      'LSTM 词向量维数（8 的倍数），默认 128',
    ),
  ),
  width: layer.meta(
    about(
      'Cells of an LSTM in each direction, a multiple of 8; 64 unless set',
      'LSTM 每个方向的单元数（8 的倍数），默认 64',
    ),
  ),
  epochs: z
    .int()
    .min(1)
    .max(1000)
    .meta(about('Passes of an LSTM over the reviews at most; 30 unless set', 'LSTM 最多遍历评论的次数，默认 30')),
})

export type LstmSettings = z.output<typeof lstmSettings>

const usual: LstmSettings = {
  ...{ pooling: 'mean', bidirectional: false, longest: 500, vocabulary: 20_000 },
  ...{ embedding: 128, width: 64, epochs: 30 },
}

/** What is given, and usual values for the rest. */
export function completeLstm(
  given: { readonly [name in keyof LstmSettings]?: LstmSettings[name] | undefined },
): LstmSettings {
  const told = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...usual, ...Object.fromEntries(told) }
}
