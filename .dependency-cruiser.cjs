// Import directions (docs/architecture.md §4). This table is the only place where they are written down;
// test/architecture/imports.test.ts plants violations of it and expects each to be caught.
const layers = {
  contracts: { at: '^contracts/', may: [], npm: ['zod', 'jsep'], node: false },
  database: {
    at: '^database/',
    may: ['migrations'],
    npm: ['typeorm', 'mysql2', 'libsql', 'reflect-metadata', 'better-sqlite3'],
    node: true,
  },
  migrations: { at: '^migrations/', may: ['database'], npm: ['typeorm'], node: false },
  core: { at: '^engine/core/', may: [], npm: [], node: false },
  bpmn: { at: '^engine/bpmn/', may: ['core'], npm: ['bpmn-moddle', 'camunda-bpmn-moddle', 'saxen'], node: false },
  dmn: { at: '^engine/dmn/', may: ['core'], npm: ['dmn-moddle', 'feelin', 'saxen'], node: false },
  port: { at: '^engine/process-engine[.]ts$', may: ['core', 'database'], npm: [], node: false },
  runtime: { at: '^engine/runtime/', may: ['core', 'bpmn', 'dmn', 'port', 'database'], npm: [], node: true },
  store: { at: '^engine/store/', may: ['core', 'runtime', 'port', 'database'], npm: ['typeorm', 'mysql2'], node: true },
  wire: { at: '^engine/wire/', may: ['core'], npm: [], node: false },
  rest: {
    at: '^engine/rest/',
    may: ['core', 'dmn', 'wire', 'runtime', 'port', 'database', 'contracts'],
    npm: ['express', 'busboy', 'zod', '@node-rs/argon2'],
    node: true,
  },
  remote: { at: '^engine/remote/', may: ['core', 'bpmn', 'wire', 'port', 'contracts', 'database'], npm: [], node: true },
  engine: {
    at: '^engine/(index|serve)[.]ts$',
    may: ['core', 'bpmn', 'dmn', 'runtime', 'store', 'rest', 'remote', 'port', 'database', 'migrations'],
    npm: ['express', 'uuid'],
    node: true,
  },
  server: { at: '^server/', may: ['engine', 'contracts', 'database', 'migrations', 'port', 'workers'], npm: null, node: true },
  workers: { at: '^workers/', may: ['contracts'], npm: ['camunda-external-task-client-js', 'zod', 'pino'], node: true },
  formRuntime: {
    at: '^designer/form-runtime/',
    may: ['contracts'],
    npm: ['react', 'react-dom', 'antd', '@ant-design/', '@formily/', 'dayjs'],
    node: false,
  },
  formDesigner: {
    at: '^designer/form-designer/',
    may: ['formRuntime', 'contracts'],
    npm: ['react', 'react-dom', 'antd', '@ant-design/', '@formily/', '@dnd-kit/', 'dayjs'],
    node: false,
  },
  processDesigner: {
    at: '^designer/process-designer/',
    may: ['formRuntime', 'contracts', 'core', 'bpmn'],
    npm: [
      'react',
      'react-dom',
      'antd',
      '@ant-design/',
      'bpmn-js',
      'diagram-js',
      'diagram-js-minimap',
      'camunda-bpmn-js-behaviors',
      'camunda-bpmn-moddle',
      'bpmn-moddle',
      'dayjs',
    ],
    node: false,
  },
  webBuild: { at: '^web/build/', may: [], npm: ['vite'], node: true },
  web: {
    at: '^web/(?!build/)',
    may: ['formRuntime', 'formDesigner', 'processDesigner', 'contracts'],
    npm: ['react', 'react-dom', 'react-router', 'antd', '@ant-design/', '@tanstack/', 'i18next', 'react-i18next', 'dayjs', 'zod'],
    node: false,
  },
}

const TEST = '[.](test|spec)[.]tsx?$|^test/|^e2e/'
const ANY_LAYER = Object.values(layers)
  .map((layer) => layer.at)
  .join('|')
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown']
const escaped = (name) => name.replace(/[/.]/g, '[$&]')

const perLayer = Object.entries(layers).flatMap(([name, layer]) => {
  const from = { path: layer.at, pathNot: TEST }
  const allowed = [layer.at, ...layer.may.map((other) => layers[other].at)].join('|')
  const rules = [
    {
      name: `${name}-internal`,
      severity: 'error',
      comment: `${name} may import only: itself${layer.may.map((other) => `, ${other}`).join('')}`,
      from,
      to: { path: ANY_LAYER, pathNot: allowed },
    },
  ]
  if (layer.npm)
    rules.push({
      name: `${name}-npm`,
      severity: 'error',
      comment: `${name} may use only these packages: ${layer.npm.join(', ') || 'none'}`,
      from,
      to: {
        dependencyTypes: NPM,
        ...(layer.npm.length
          ? {
              pathNot: `node_modules/(@types/)?(${layer.npm.map((pack) => escaped(pack) + (pack.endsWith('/') ? '' : '(/|$)')).join('|')})`,
            }
          : {}),
      },
    })
  if (!layer.node)
    rules.push({
      name: `${name}-node`,
      severity: 'error',
      comment: `${name} may not use Node modules`,
      from,
      to: { dependencyTypes: ['core'] },
    })
  return rules
})

module.exports = {
  forbidden: [
    ...perLayer,
    {
      name: 'core-only-by-index',
      severity: 'error',
      comment: 'Outside the engine, nobody reaches into its inside.',
      from: { pathNot: `^engine/|^designer/process-designer/|${TEST}` },
      to: { path: '^engine/', pathNot: '^engine/(index|process-engine)[.]ts$' },
    },
    {
      name: 'feature-only-by-index',
      severity: 'error',
      comment: 'A server feature uses another one through its index.ts, or its type-only seams.',
      from: { path: '^server/([^/]+)/', pathNot: TEST },
      to: {
        path: '^server/[^/]+/',
        pathNot:
          '^server/$1/|^server/[^/]+/index[.]ts$|^server/http/|^server/identity/actor[.]ts$|^server/organisation/clock[.]ts$|^server/organisation/demonstration/index[.]ts$',
      },
    },
    {
      name: 'form-runtime-only-by-index',
      severity: 'error',
      from: { pathNot: `^designer/form-runtime/|${TEST}` },
      to: { path: '^designer/form-runtime/', pathNot: '^designer/form-runtime/index[.]tsx?$|[.]css$' },
    },
    {
      name: 'form-designer-only-by-index',
      severity: 'error',
      from: { pathNot: `^designer/form-designer/|${TEST}` },
      to: { path: '^designer/form-designer/', pathNot: '^designer/form-designer/index[.]tsx?$' },
    },
    {
      name: 'process-designer-only-by-index',
      severity: 'error',
      from: { pathNot: `^designer/process-designer/|${TEST}` },
      to: { path: '^designer/process-designer/', pathNot: '^designer/process-designer/(index[.]tsx?|ProcessViewer[.]tsx)$' },
    },
    {
      name: 'nothing-imports-a-root',
      severity: 'error',
      comment: 'Composition roots construct; they are never imported.',
      from: { pathNot: TEST },
      to: { path: '^engine/serve[.]ts$|^server/main[.]ts$|^workers/main[.]ts$|^web/main[.]tsx$' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
}
