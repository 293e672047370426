/** The import rules of docs/design.md. A folder absent from `mayImport` may be imported by any other. */
const leaf = ['errors\\.ts', 'text\\.ts']
const questions = ['audience', 'discovery']
const mayImport = {
  kernels: [],
  engine: [],
  privacy: ['kernels', 'engine', 'warehouse'],
  warehouse: ['engine', 'kernels'],
  ingest: ['engine', 'kernels', 'warehouse', 'privacy', 'quality'],
  quality: ['engine', 'kernels', 'warehouse', 'privacy'],
  audience: ['engine', 'kernels', 'warehouse', 'privacy'],
  discovery: ['engine', 'kernels', 'warehouse', 'privacy'],
  simulate: ['kernels', 'quality', 'project', 'warehouse'],
}

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['src/cli/main\\.ts', 'src/index\\.ts'] },
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
          ...(questions.includes(folder) || folder === 'quality' || folder === 'ingest' || folder === 'simulate'
            ? ['^src/(question|progress)\\.ts']
            : []),
        ],
      },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
}
