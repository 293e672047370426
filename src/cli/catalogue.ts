// Written by `npm run docs` from the declarations, so that help needs to load none of them.
import type { Text } from '../text.ts'

/** Every command with its summary. */
export const catalogue: readonly { readonly name: string; readonly summary: Text }[] = [
  {
    name: 'init',
    summary: { en: 'start a project folder', zh: '新建项目文件夹' },
  },
  {
    name: 'build',
    summary: { en: 'read, clean, integrate and publish all sources', zh: '读取、清洗、整合并发布全部来源' },
  },
  {
    name: 'status',
    summary: { en: 'show the sources and the published version', zh: '查看来源与已发布版本' },
  },
  {
    name: 'query',
    summary: { en: 'answer an SQL statement over the published tables, reading only', zh: '对已发布的表执行只读 SQL' },
  },
  {
    name: 'export',
    summary: {
      en: 'write a published table to a CSV, Parquet or JSON Lines file',
      zh: '将已发布的表导出为 CSV、Parquet 或 JSON Lines 文件',
    },
  },
  {
    name: 'doctor',
    summary: { en: 'check the runtime, engine, memory and project', zh: '检查运行环境、引擎、内存与项目' },
  },
]
