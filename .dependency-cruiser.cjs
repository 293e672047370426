/** The import rules of docs/design.md. A folder absent from `mayImport` may be imported by any other. */
const leaf = [
  'describe-issue\\.ts',
  'errors\\.ts',
  'text\\.ts',
  'nearest\\.ts',
  'progress\\.ts',
  'version\\.ts',
  'replace-file\\.ts',
  'full-disk\\.ts',
  'carried-error\\.ts',
  'map-at-once\\.ts',
  'group-by\\.ts',
]
const questions = ['audience', 'discovery', 'recommend', 'reviews', 'advice']
const mayImport = {
  kernels: [],
  engine: [],
  language: [],
  titles: ['kernels', 'language'],
  export: ['engine'],
  warehouse: ['engine', 'kernels'],
  privacy: ['kernels', 'engine', 'warehouse'],
  quality: ['engine', 'kernels', 'warehouse', 'privacy', 'titles', 'project', 'export'],
  project: ['engine', 'warehouse', 'quality', 'titles'],
  ingest: ['engine', 'kernels', 'warehouse', 'privacy', 'quality', 'project', 'titles', 'models', 'reviews'],
  audience: ['engine', 'kernels', 'warehouse', 'privacy'],
  discovery: ['engine', 'kernels', 'language', 'warehouse', 'privacy'],
  models: [],
  // Aspects are settings of the project.
  reviews: ['engine', 'kernels', 'language', 'warehouse', 'privacy', 'project', 'models', 'export'],
  recommend: ['engine', 'kernels', 'language', 'warehouse', 'privacy', 'models', 'export'],
  // Advice draws on what questions find, as the report does.
  advice: ['engine', 'kernels', 'language', 'warehouse', 'privacy', 'discovery', 'reviews'],
  simulate: ['kernels', 'quality', 'project', 'warehouse'],
  report: ['engine', 'kernels', 'project', 'quality', 'warehouse', ...questions],
}
/** Folders that declare questions. */
const declaring = [...questions, 'quality', 'simulate', 'report']

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['src/cli/main\\.ts', 'src/index\\.ts', 'src/engine/spark/index\\.ts'] },
      to: {},
    },
    ...Object.entries(mayImport).map(([folder, allowed]) => ({
      name: `${folder}-imports`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: {
        path: '^src/',
        pathNot: [
          `^src/${folder}/`,
          ...leaf.map((file) => `^src/${file}`),
          ...allowed.map((name) => `^src/${name}/`),
          ...(declaring.includes(folder) ? ['^src/question.ts'] : []),
        ],
      },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^src/kernels/wasm/', '\\.d\\.ts$'] },
  },
}
