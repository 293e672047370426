import type { FileLedger } from '../../quality/ledger.ts'
import type { Text } from '../../text.ts'
import { type Hole, type Html, html, showName } from '../html.ts'
import { renderTable } from '../table.ts'
import { dash, writeNumber, writeShare } from '../wording.ts'

/** More files than this are folded away. */
const openFiles = 20

type Count = 'read' | 'accepted' | 'duplicates' | 'quarantined'

const balances = (file: FileLedger): boolean => file.read === file.accepted + file.duplicates + file.quarantined
const share = (part: number, whole: number): Text => (whole === 0 ? dash : writeShare(part / whole))

/** Rows of all files. */
export function sumOf(ledger: readonly FileLedger[], key: Count): number {
  return ledger.reduce((all, file) => all + file[key], 0)
}

/** The folder that all files lie in, with its slash; empty where there is none. */
function commonFolder(files: readonly string[]): string {
  const [first = '', ...others] = files.map((file) => file.split('/').slice(0, -1))
  const length = [...first].findIndex((part, depth) => others.some((other) => other[depth] !== part))
  const shared = [...first].slice(0, length < 0 ? undefined : length)
  return shared.length === 0 ? '' : `${shared.join('/')}/`
}

/** Each file's rows and where they went. */
export function renderLedger(ledger: readonly FileLedger[]): Html {
  const broken = ledger.filter((file) => !balances(file)).length
  const folder = commonFolder(ledger.map(({ file }) => file))
  const number = (head: Text, key: Count) => ({
    head,
    cell: (file: FileLedger) => writeNumber(file[key]),
    align: 'number' as const,
  })
  const all = (key: Count): Hole => writeNumber(sumOf(ledger, key))
  const table = renderTable<FileLedger>({
    caption: { en: 'Rows by file; sums are of all files.', zh: '各文件行数；合计包含全部文件。' },
    rows: ledger,
    limit: 200,
    columns: [
      { head: { en: 'File', zh: '文件' }, cell: (file) => showName(file.file.slice(folder.length)) },
      { head: { en: 'Source', zh: '来源' }, cell: (file) => showName(file.source) },
      { head: { en: 'Kind', zh: '类型' }, cell: (file) => html`<code>${file.kind}</code>` },
      number({ en: 'Read', zh: '读入' }, 'read'),
      number({ en: 'Accepted', zh: '接受' }, 'accepted'),
      number({ en: 'Duplicates', zh: '重复' }, 'duplicates'),
      number({ en: 'Quarantined', zh: '隔离' }, 'quarantined'),
      { head: { en: 'Usable', zh: '可用' }, cell: (file) => share(file.accepted, file.read), align: 'number' },
      {
        head: { en: 'Balance', zh: '平衡' },
        cell: (file) => (balances(file) ? { en: '✓ yes', zh: '✓ 是' } : { en: '✗ no', zh: '✗ 否' }),
      },
    ],
    sums: [
      { en: 'All files', zh: '全部文件' },
      null,
      null,
      all('read'),
      all('accepted'),
      all('duplicates'),
      all('quarantined'),
      share(sumOf(ledger, 'accepted'), sumOf(ledger, 'read')),
      null,
    ],
  })
  return html`<h3>${{ en: 'Row ledger', zh: '行账本' }}</h3><div class="card">${
    broken === 0
      ? html`<p class="good">✓ ${{ en: 'Every file balances: read = accepted + duplicates + quarantined.', zh: '每个文件均平衡：读入 = 接受 + 重复 + 隔离。' }}</p>`
      : html`<p class="bad">✗ ${{ en: `${broken} files do not balance.`, zh: `${broken} 个文件不平衡。` }}</p>`
  }${
    ledger.length > openFiles
      ? html`<details><summary>${{ en: `Rows of each of the ${ledger.length} files`, zh: `${ledger.length} 个文件各自的行数` }}</summary>${table}</details>`
      : table
  }</div>`
}
