import { renderEmpty } from '../figure.ts'
import { type Html, html, showName } from '../html.ts'
import type { ReportData, SourceData } from '../report-data.ts'
import { cutNote, renderTable } from '../table.ts'
import { dash, writeNumber, writePeriod } from '../wording.ts'
import { renderSection } from './section.ts'

const fileLimit = 20
const sourceLimit = 40

function renderDetail(source: SourceData): Html {
  const files = source.files.slice(0, fileLimit)
  return html`<details><summary><bdi>${source.name}</bdi> · ${{ en: `files: ${source.files.length}, columns: ${source.mapping.length}`, zh: `${source.files.length} 个文件，${source.mapping.length} 列` }}</summary><h4>${{ en: 'Files', zh: '文件' }}</h4><ul class="files">${files.map(
    (file) => html`<li>${showName(file)}</li>`,
  )}</ul>${files.length < source.files.length && html`<p class="note">${cutNote(files.length, source.files.length)}</p>`}${renderTable(
    {
      caption: { en: 'Where each field comes from', zh: '各字段的来历' },
      rows: source.mapping,
      columns: [
        { head: { en: 'Field', zh: '字段' }, cell: (row) => html`<code>${row.field}</code>` },
        { head: { en: 'From', zh: '来自' }, cell: (row) => showName(row.from) },
      ],
    },
  )}</details>`
}

export function renderSources(data: ReportData): Html {
  const shown = data.sources.slice(0, sourceLimit)
  return renderSection(
    'sources',
    { en: 'Sources', zh: '数据来源' },
    data.sources.length === 0
      ? renderEmpty(
          { en: 'The project has no source yet. Add one:', zh: '项目尚无数据来源。请添加：' },
          'marquee add FILE',
        )
      : html`<div class="card">${renderTable({
          caption: { en: 'What was read.', zh: '读入的数据。' },
          rows: data.sources,
          columns: [
            { head: { en: 'Source', zh: '来源' }, cell: (source) => showName(source.name) },
            { head: { en: 'Kind', zh: '类型' }, cell: (source) => html`<code>${source.kind}</code>` },
            {
              head: { en: 'Accepted rows', zh: '接受行数' },
              cell: (source) => writeNumber(source.rows),
              align: 'number',
            },
            {
              head: { en: 'Period', zh: '时间范围' },
              cell: (source) => (source.period ? writePeriod(source.period) : dash),
              align: 'text',
            },
            { head: { en: 'Time zone', zh: '时区' }, cell: (source) => source.timeZone ?? dash, align: 'text' },
            {
              head: { en: 'Files', zh: '文件数' },
              cell: (source) => writeNumber(source.files.length),
              align: 'number',
            },
            { head: { en: 'Priority', zh: '优先级' }, cell: (source) => source.priority, align: 'number' },
          ],
        })}</div><h3>${{ en: 'How each source is read', zh: '各来源的读取方式' }}</h3><div class="card list">${shown.map(renderDetail)}</div>${
          shown.length < data.sources.length && html`<p class="note">${cutNote(shown.length, data.sources.length)}</p>`
        }`,
  )
}
