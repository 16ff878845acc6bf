// The boundaries between rooms, as ARCHITECTURE.md states them. Type imports count like any other.

/** Each room of src/ and the rooms it may import besides the vocabulary. A new room has to be added here. */
const ROOMS = {
  vocabulary: [],
  extension: ['protocol'],
  protocol: [],
  engine: ['protocol', 'store', 'findings', 'methods', 'sae', 'snippets', 'model', 'architectures', 'graph', 'checkpoints'],
  figures: ['protocol'],
  store: ['protocol', 'checkpoints'],
  findings: ['methods', 'snippets'],
  methods: ['sae', 'snippets', 'model', 'architectures', 'graph', 'checkpoints'],
  sae: ['architectures', 'graph', 'checkpoints'],
  snippets: ['checkpoints'],
  model: ['architectures', 'graph', 'checkpoints'],
  architectures: ['graph', 'checkpoints'],
  graph: [],
  checkpoints: [],
  training: ['corpus', 'methods', 'snippets', 'model', 'architectures', 'graph', 'checkpoints'],
  corpus: ['snippets'],
  library: ['engine', 'figures', 'protocol', 'model', 'architectures', 'snippets'],
  cli: ['engine', 'figures', 'protocol', 'store', 'findings', 'methods', 'sae', 'snippets', 'model', 'architectures', 'graph', 'checkpoints', 'training', 'corpus'],
};

/** Folders inside rooms, and which of their room's folders each may import. All may import the files beside these folders. */
const FOLDERS = {
  webview: {
    ui: [],
    figures: ['ui'],
    page: ['ui', 'figures'],
    panel: ['ui', 'page'],
    views: ['ui', 'figures', 'page'],
    sidebar: ['ui', 'figures', 'page'],
  },
  'src/extension': {
    ui: [],
    settings: ['ui'],
    engine: ['ui'],
    code: ['ui', 'settings', 'engine'],
    explain: ['ui', 'settings', 'engine', 'code'],
    overlay: ['settings', 'code', 'explain'],
    attention: ['ui', 'code', 'explain', 'overlay'],
    results: ['ui', 'settings', 'code', 'explain'],
    models: ['ui', 'settings', 'engine'],
    latents: ['ui', 'settings', 'engine', 'code', 'explain', 'overlay', 'results'],
  },
  'src/engine': {
    session: [],
    reading: ['session'],
    twins: ['session', 'reading'],
    latents: ['session', 'reading'],
    models: ['session'],
    evaluation: ['session', 'reading'],
    steering: ['session', 'reading'],
    analyses: ['session', 'reading', 'twins', 'latents', 'steering'],
  },
  'src/methods': { patching: [], latents: [] },
  'src/snippets': {
    tokenizer: [],
    syntax: [],
    sandbox: [],
    context: ['syntax'],
    prompts: ['syntax', 'tokenizer'],
    cause: ['syntax', 'sandbox'],
    outcomes: ['syntax', 'sandbox'],
    edits: ['syntax', 'cause'],
    twins: ['syntax', 'tokenizer', 'prompts', 'sandbox', 'cause', 'outcomes', 'edits'],
  },
  'src/sae': { formats: [], facts: [] },
  'src/architectures': { parts: [], families: ['parts'] },
  'src/store': { places: [], hub: ['places'] },
  'src/protocol': { words: [], analyses: [] },
  'src/checkpoints': { gguf: [] },
  'src/cli': { arguments: [], render: [], commands: ['arguments', 'render'] },
  'src/graph': { ops: [], onnx: [] },
  'src/corpus': {
    kits: [],
    rewriting: [],
    written: ['kits'],
    labelling: ['written'],
    families: ['kits', 'rewriting', 'written'],
    generate: ['families', 'labelling', 'written'],
    packages: ['labelling'],
    mutations: ['labelling', 'rewriting'],
    series: ['labelling', 'mutations', 'packages', 'rewriting', 'written'],
  },
  'src/training': { tokenizer: [], lm: ['tokenizer'], sae: [], lens: ['sae'] },
};

/** What is started rather than imported; the sandbox's files run in a process of their own. */
const ENTRY_POINTS =
  '^(?:src/cli/(?:main|command)\\.ts|src/engine/main\\.ts|src/library/index\\.ts|src/extension/main\\.ts|src/snippets/sandbox/[^/]+\\.mjs|webview/(?:report|panel|latents-view)\\.ts|bench/main\\.ts)$';

const anyOf = (names) => `(?:${names.join('|')})`;

const roomRules = Object.entries(ROOMS).map(([room, mayImport]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import ${mayImport.length > 0 ? mayImport.join(', ') : 'no other room'}.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^(?:src/.*|webview|bench|test|tools)/', pathNot: `^src/${anyOf([room, 'vocabulary', ...mayImport])}/` },
}));

const folderRules = Object.entries(FOLDERS).flatMap(([room, folders]) =>
  Object.entries(folders).map(([folder, mayImport]) => ({
    name: `folder-${room.replace('src/', '')}-${folder}`,
    comment: `${room}/${folder} may import ${mayImport.length > 0 ? mayImport.join(', ') : 'no other folder'} of its room.`,
    severity: 'error',
    from: { path: `^${room}/${folder}/` },
    to: { path: `^${room}/[^/]+/`, pathNot: `^${room}/${anyOf([folder, ...mayImport])}/` },
  })),
);

module.exports = {
  forbidden: [
    ...roomRules,
    ...folderRules,
    {
      name: 'known-rooms',
      comment: 'A file of src/ lies in one of the rooms above.',
      severity: 'error',
      from: { path: '^src/.*/', pathNot: `^src/${anyOf(Object.keys(ROOMS))}/` },
      to: {},
    },
    {
      name: 'ground',
      comment: 'What lies in src/ itself serves every room and imports nothing.',
      severity: 'error',
      from: { path: '^src/[^/]+$' },
      to: { path: '.' },
    },
    {
      name: 'known-folders',
      comment: 'A folder of these rooms is one of those above.',
      severity: 'error',
      from: {
        path: `^${anyOf(Object.keys(FOLDERS))}/[^/]+/`,
        pathNot: Object.entries(FOLDERS).map(([room, folders]) => `^${room}/${anyOf(Object.keys(folders))}/`).join('|'),
      },
      to: {},
    },
    {
      name: 'webview-draws',
      comment: 'The panels know the vocabulary, the protocol, the figures, and nothing else of src/.',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^(?:src|bench|test)/', pathNot: '^src/(?:vocabulary|protocol|figures)/' },
    },
    {
      name: 'webview-tools',
      comment: 'What the pages are built of knows no document and no message.',
      severity: 'error',
      from: { path: '^webview/ui/' },
      to: { path: '^src/' },
    },
    {
      name: 'extension-tools',
      comment: 'What the extension shows things with knows nothing of the engine’s answers, but for what is wrong with a choice or a file.',
      severity: 'error',
      from: { path: '^src/extension/ui/' },
      to: { path: '^src/protocol/', pathNot: '^src/protocol/(?:wrong-choice|words/file-problem)\\.ts$' },
    },
    {
      name: 'tools-stand-alone',
      comment: 'Nothing of the product, and nothing that starts or packs it, stands on the tests.',
      severity: 'error',
      from: { path: '^(?:src|webview|bench|tools)/' },
      to: { path: '^test/' },
    },
    {
      name: 'network-in-hub',
      comment: 'The network is used in src/store/hub only.',
      severity: 'error',
      from: { path: '^(?:src|webview|bench)/', pathNot: '^src/store/hub/' },
      to: { path: '(?:^|node_modules/)undici(?:/|$)' },
    },
    {
      name: 'bench-measures',
      comment: 'Benchmarks measure the engine, and what colours the code of attention; not the tests or the rest of the extension.',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^(?:test|webview|src/extension)/', pathNot: '^src/extension/attention/(?:reads|shades)\\.ts$' },
    },
    {
      name: 'onnxruntime-in-graph',
      comment: 'onnxruntime-node is imported in src/graph only.',
      severity: 'error',
      from: { pathNot: '^src/graph/' },
      to: { path: '(?:^|node_modules/)onnxruntime-' },
    },
    {
      name: 'vscode-in-extension',
      comment: 'vscode is imported in src/extension only.',
      severity: 'error',
      from: { pathNot: '^src/extension/' },
      to: { path: '^(?:vscode$|node_modules/@types/vscode/)' },
    },
    {
      name: 'no-cycles',
      comment: 'No import cycles. The one exception is src/graph/ops: the gradient of an op is written in other ops.',
      severity: 'error',
      from: {},
      to: { circular: true, via: { pathNot: '^src/graph/ops/' } },
    },
    {
      name: 'no-unused-files',
      comment: 'Every file is reached from a program; what only tests import is dead.',
      severity: 'error',
      from: { path: ENTRY_POINTS },
      to: { path: '^(?:src|webview|bench)/.*\\.(?:ts|mjs)$', pathNot: ENTRY_POINTS, reachable: false },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be found.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'declared-dependencies',
      comment: 'What src/ imports from npm stands under "dependencies" in package.json.',
      severity: 'error',
      from: { path: '^(?:src|webview|bench)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^esbuild\\.mjs$'] },
    exclude: { path: '^test/fixtures/golden/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
    skipAnalysisNotInRules: true,
  },
};
