/** The values of generated TypeScript. */
import { words, type Value } from './value';

const STRING: Value = {
  type: 'string', kind: 'keyword',
  uses: [
    'v.toUpperCase()', 'v.trim()', "v.split(',')[0]", 'v.charCodeAt(0)', "v.startsWith('a')", "v.padStart(4, '0')", "v.replace('-', '_')",
    "v.endsWith('.ts')", 'v.toLowerCase()', 'v.charAt(0)', "v.repeat(2)", 'v.substring(1)', "encodeURIComponent(v.trim())", "v.match(/a+/)", "v.localeCompare('b')", 'JSON.parse(v)', 'parseInt(v, 10)',
  ],
  literals: ["'Ann'", "'blue'", "'/home'", "''", '`a-b`', "'x' + 'y'", "['a', 'b'].join('')", 'String(7)', "'n: ' + 3"],
  names: words('name title label text message path url key slug prefix suffix email color city word line token host query content description body locale currency comment reason nickname userName fileName firstName'),
};
const NUMBER: Value = {
  type: 'number', kind: 'keyword',
  uses: [
    'v * 2', 'v - 1', 'v.toFixed(2)', 'Math.round(v)', 'v ** 2', 'v % 2', 'Math.max(v, 10)', 'v / 4', '-v', 'Math.floor(v / 3)', '(v - 3) * 5',
    'Number.isInteger(v)', 'Math.sqrt(v)', 'v & 1', 'v << 2', 'new Array(3).fill(0)[v]', 'Math.abs(v)', "'abc'.charAt(v)", "'ab'.repeat(v)", '[1, 2, 3].slice(v)', 'isNaN(v)',
  ],
  literals: ['12', '0', '3.5', '-1', '7 * 6', 'Math.random()', "'abc'.length", '[1, 2].length', 'Date.now()', "parseInt('7', 10)", "Number('4')"],
  names: words('count total index size width height price age offset limit score amount level length depth position rate duration quantity ratio weight year balance speed distance maxRetries pageSize itemCount'),
};
const BOOLEAN: Value = {
  type: 'boolean', kind: 'keyword',
  uses: ['isOn(v)', 'isOn(v) ? 1 : 2', 'flip(v)', 'settings.push(v)'],
  literals: ['true', 'false', '1 < 2', "'a' === 'a'.trim()", "'abc'.includes('b')", '[1, 2].includes(2)', '!0', 'Number.isNaN(3)', '[1].some((n) => n > 1)', "/a/.test('b')"],
  names: words('enabled visible open done active ready valid loading isOpen hasNext canEdit isEmpty found checked selected strict verbose silent force recursive shouldRetry isAdmin'),
};
const VALUES: readonly Value[] = [
  { type: 'string[]', kind: 'compound', uses: ['v.map((one) => one.toUpperCase())', "v.filter((one) => one.startsWith('a'))", 'v.some((one) => one.trim())', 'v[0].toLowerCase()', "v.push('z')", "v.concat(['b'])"], literals: ["['a', 'b']", "'a b'.split(' ')", "Object.keys({ a: 1 })"], names: words('names words lines tags keys parts labels paths tokens fields columns titles') },
  { type: 'number[]', kind: 'compound', uses: ['v.reduce((sum, one) => sum + one, 0)', 'v.map((one) => one * 2)', 'Math.max(...v)', 'v[0].toFixed(1)', 'v.push(4)', 'v.filter((one) => one % 2 === 0)'], literals: ['[1, 2, 3]', '[0]', '[4, 5].map((n) => n + 1)'], names: words('scores numbers sizes counts prices values totals indices weights ages offsets ids') },
  { type: 'Date', kind: 'library', uses: ['v.getTime()', 'v.toISOString()', 'v.getFullYear()', 'v.getDay()', 'v.toLocaleDateString()', 'v.setHours(0)'], literals: ['new Date()', 'new Date(0)', "new Date('2020-01-01')"], names: words('date start end createdAt deadline birthday dueDate timestamp now expires') },
  { type: 'RegExp', kind: 'library', uses: ["v.test('abc')", "v.exec('abc')", 'v.source.trim()', 'v.lastIndex', "'abc'.search(v)"], literals: ['/a+/', '/^x$/i', "new RegExp('b')"], names: words('pattern regex matcher re rule') },
  { type: 'Error', kind: 'library', uses: ['v.message.trim()', 'v.stack', 'fail(v)'], literals: ["new Error('no')", "new TypeError('bad')"], names: words('error err cause failure problem') },
  { type: 'URL', kind: 'library', uses: ['v.hostname', "v.searchParams.get('q')", 'v.pathname.trim()', 'v.protocol'], literals: ["new URL('http://a.b')"], names: words('url address link endpoint location') },
  { type: 'Uint8Array', kind: 'library', uses: ['v.byteLength', 'v.subarray(1)', 'v.buffer', 'v.BYTES_PER_ELEMENT'], literals: ['new Uint8Array(4)', 'Uint8Array.from([1, 2])'], names: words('bytes buffer chunk payload data digest') },
  { type: 'AbortSignal', kind: 'library', uses: ['v.aborted', 'v.throwIfAborted()', 'v.reason'], literals: ['new AbortController().signal', 'AbortSignal.timeout(5)'], names: words('signal abort cancel') },
  { type: 'Headers', kind: 'library', uses: ["v.append('a', 'b')", "v.get('accept')", "v.delete('x')"], literals: ['new Headers()'], names: words('headers head fields meta') },
  { type: 'URLSearchParams', kind: 'library', uses: ["v.getAll('q')", "v.append('a', 'b')", 'v.sort()'], literals: ["new URLSearchParams('a=b')"], names: words('params query search') },
  { type: 'HTMLElement', kind: 'library', uses: ["v.querySelector('a')", 'v.innerText.trim()', "v.setAttribute('a', 'b')", 'v.offsetWidth', 'v.focus()'], literals: ["document.createElement('p')", 'document.body'], names: words('element node root container el target') },
  { type: 'Response', kind: 'library', uses: ['v.status', 'v.json()', 'v.ok', 'v.statusText'], literals: ["new Response('a')"], names: words('response res reply answer') },
  { type: 'Map<string, number>', kind: 'compound', uses: ["v.get('a')?.toFixed(1)", "v.set('a', 1)", 'v.entries()'], literals: ["new Map([['a', 1]])", 'new Map<string, number>()'], names: words('counts totals index lookup table cache scores') },
  { type: 'Map<string, string>', kind: 'compound', uses: ["v.get('a')?.trim()", "v.set('a', 'b')"], literals: ["new Map([['a', 'b']])", 'new Map<string, string>()'], names: words('names labels aliases index lookup titles') },
  { type: 'Set<string>', kind: 'compound', uses: ["v.add('a')", "[...v].map((one) => one.trim())"], literals: ["new Set(['a'])", 'new Set<string>()'], names: words('seen visited names tags keys') },
  { type: 'Set<number>', kind: 'compound', uses: ['v.add(3)', '[...v].map((one) => one * 2)'], literals: ['new Set([1])', 'new Set<number>()'], names: words('seen visited ids indices used') },
  { type: 'Record<string, number>', kind: 'compound', uses: ["v['a'].toFixed(1)", 'Object.values(v).map((one) => one * 2)'], literals: ['{ a: 1 }', '{}'], names: words('counts totals scores prices stock') },
  { type: '() => void', kind: 'compound', uses: ['v()', 'setTimeout(v, 10)', 'queueMicrotask(v)'], literals: ['() => {}', "() => console.log('a')"], names: words('callback handler done next listener onClose cb') },
  { type: '(value: number) => string', kind: 'compound', uses: ['v(3).trim()', '[1, 2].map(v)[0].toUpperCase()'], literals: ['(n) => String(n)', '(n) => n.toFixed(1)'], names: words('format render show describe formatter') },
  { type: '(value: string) => boolean', kind: 'compound', uses: ["isOn(v('a'))", "['a'].filter(v).length"], literals: ["(s) => s === 'a'", '(s) => s.length > 1'], names: words('filter test predicate accept matches') },
  { type: 'bigint', kind: 'keyword', uses: ['v * 2n', 'v + 1n', 'BigInt.asIntN(8, v)'], literals: ['1n', 'BigInt(3)', '2n ** 3n'], names: words('big supply amount balance nonce wei') },
];

export const BASIC: readonly Value[] = [STRING, NUMBER, BOOLEAN];
export const OTHER_VALUES = VALUES;

/** What programs call that is declared above them, where they call it. */
export const HELPERS: Readonly<Record<string, string>> = {
  isOn: 'function isOn(flag: boolean): boolean {\n  return flag;\n}',
  flip: 'const flip = (flag: boolean): boolean => !flag;',
  settings: 'const settings: boolean[] = [];',
  fail: 'function fail(cause: Error): never {\n  throw cause;\n}',
};

/** Members of a program's own types. */
export const FIELDS: readonly { type: string; names: readonly string[]; use: string }[] = [
  { type: 'string', names: STRING.names, use: 'v.trim()' },
  { type: 'number', names: NUMBER.names, use: 'v * 2' },
  { type: 'boolean', names: BOOLEAN.names, use: 'v ? 1 : 0' },
  { type: 'string[]', names: words('tags names lines keys parts'), use: 'v.map((one) => one.trim())' },
  { type: 'Date', names: words('createdAt updatedAt deadline birthday'), use: 'v.getTime()' },
];
