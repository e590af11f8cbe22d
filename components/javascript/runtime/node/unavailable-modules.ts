import { lazyProperty } from '../lazy.ts';
import { define } from '../primordials.ts';
import { EventEmitter } from './events/index.ts';
import { refused } from './refuse.ts';

/** Modules whose purpose cannot be had here: each of their functions says why, and what to do instead. */

const noProcesses = 'a program runs alone, in a sandbox without processes';
const noNetwork = 'sockets and servers do not exist in the sandbox';
const useFetch = 'Use fetch(url), which the host may permit.';

interface Refusal {
  readonly why: string;
  readonly instead: string;
  /** Names of functions and of classes. */
  readonly names: readonly string[];
  /** What is true even here. */
  readonly values?: () => Record<string, unknown>;
}

const refusals: Record<string, Refusal> = {
  child_process: {
    why: noProcesses,
    instead: 'Do the work in this program, or let the host run a second one.',
    names: ['ChildProcess', 'exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'],
  },
  cluster: {
    why: noProcesses,
    instead: 'Do the work in this program.',
    names: ['Worker', 'disconnect', 'fork', 'setupMaster', 'setupPrimary'],
    values: () => ({
      isMaster: true,
      isPrimary: true,
      isWorker: false,
      settings: {},
      workers: {},
      SCHED_NONE: 1,
      SCHED_RR: 2,
      schedulingPolicy: 2,
    }),
  },
  dgram: { why: noNetwork, instead: useFetch, names: ['Socket', 'createSocket'] },
  dns: {
    why: noNetwork,
    instead: useFetch,
    names: [
      ...['Resolver', 'lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCname'],
      ...['resolveMx', 'resolveNs', 'resolveSrv', 'resolveTxt', 'reverse', 'getServers', 'setServers'],
    ],
  },
  domain: {
    why: 'domains are deprecated in Node and were not built',
    instead: 'Use try/catch.',
    names: ['Domain', 'create', 'createDomain'],
  },
  http: {
    why: noNetwork,
    instead: useFetch,
    names: [
      'Agent',
      'ClientRequest',
      'IncomingMessage',
      'OutgoingMessage',
      'Server',
      'ServerResponse',
      'createServer',
      'get',
      'request',
    ],
    values: () => ({ METHODS: methods, STATUS_CODES: statusCodes, maxHeaderSize: 16384 }),
  },
  http2: {
    why: noNetwork,
    instead: useFetch,
    names: ['connect', 'createSecureServer', 'createServer', 'getDefaultSettings'],
  },
  https: { why: noNetwork, instead: useFetch, names: ['Agent', 'Server', 'createServer', 'get', 'request'] },
  inspector: {
    why: 'no debugger can be attached',
    instead: 'Print with console.log.',
    names: ['Session', 'open', 'close', 'waitForDebugger'],
    values: () => ({ url: () => undefined, console: (globalThis as unknown as { console: unknown }).console }),
  },
  net: {
    why: noNetwork,
    instead: useFetch,
    names: ['BlockList', 'Server', 'Socket', 'SocketAddress', 'Stream', 'connect', 'createConnection', 'createServer'],
    values: () => ({ isIP, isIPv4: (text: unknown) => isIP(text) === 4, isIPv6: (text: unknown) => isIP(text) === 6 }),
  },
  repl: {
    why: 'there is no terminal',
    instead: 'A session that keeps its heap is a notebook.',
    names: ['REPLServer', 'Recoverable', 'start', 'writer'],
  },
  sqlite: {
    why: 'no database is built in',
    instead: 'Keep data in files, as JSON.',
    names: ['DatabaseSync', 'StatementSync', 'Session', 'backup'],
  },
  tls: {
    why: noNetwork,
    instead: useFetch,
    names: ['SecureContext', 'Server', 'TLSSocket', 'connect', 'createSecureContext', 'createServer', 'getCiphers'],
  },
  trace_events: {
    why: 'nothing records traces',
    instead: 'Measure with performance.now.',
    names: ['createTracing', 'getEnabledCategories'],
  },
  wasi: { why: 'the engine runs no WebAssembly', instead: 'Use a JavaScript implementation.', names: ['WASI'] },
  worker_threads: {
    why: 'a program has one thread',
    instead: 'Do the work in turns: split it with setImmediate or await.',
    names: ['Worker', 'moveMessagePortToContext', 'postMessageToThread'],
    values: workerThreads,
  },
};

function workerThreads(): Record<string, unknown> {
  const values: Record<string, unknown> = {
    isMainThread: true,
    isInternalThread: false,
    parentPort: null,
    workerData: null,
    threadId: 0,
    threadName: '',
    resourceLimits: {},
    SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
    markAsUntransferable: () => undefined,
    isMarkedAsUntransferable: () => false,
    markAsUncloneable: () => undefined,
    receiveMessageOnPort: () => undefined,
    getEnvironmentData: (key: unknown) => environment.get(key),
    setEnvironmentData: (key: unknown, value?: unknown) => {
      if (value === undefined) environment.delete(key);
      else environment.set(key, value);
    },
  };
  for (const name of ['MessageChannel', 'MessagePort', 'BroadcastChannel'])
    lazyProperty(values, name, () => (globalThis as unknown as Record<string, unknown>)[name]);
  return values;
}
const environment = new Map<unknown, unknown>();

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

function isIP(value: unknown): 0 | 4 | 6 {
  const text = `${value as string}`;
  if (ipv4.test(text)) return 4;
  const [address = '', zone] = text.split('%');
  if (zone === '' || !address.includes(':')) return 0;
  const halves = address.split('::');
  if (halves.length > 2) return 0;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [at, part] of parts.entries()) {
      const isLast = at === parts.length - 1 && index === halves.length - 1;
      if (isLast && ipv4.test(part)) groups += 2;
      else if (/^[0-9a-f]{1,4}$/i.test(part)) groups++;
      else return 0;
    }
  }
  return (halves.length === 2 ? groups < 8 : groups === 8) ? 6 : 0;
}

const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

// biome-ignore format: a table
const statusCodes: Record<string, string> = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created',
  202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content',
  206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used', 300: 'Multiple Choices',
  301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 305: 'Use Proxy',
  307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized',
  402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable',
  407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required',
  412: 'Precondition Failed', 413: 'Payload Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: "I'm a Teapot", 421: 'Misdirected Request',
  422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required',
  428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway',
  503: 'Service Unavailable', 504: 'Gateway Timeout', 505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates', 507: 'Insufficient Storage', 508: 'Loop Detected',
  509: 'Bandwidth Limit Exceeded', 510: 'Not Extended', 511: 'Network Authentication Required',
};

/** A module by its name: functions that throw, classes that cannot be made, and what is true even here. */
export function unavailable(name: string): Record<string, unknown> {
  const base = name.split('/')[0] ?? name;
  const refusal = refusals[base];
  const exports: Record<string, unknown> = name === 'cluster' ? (new EventEmitter() as never) : {};
  if (refusal === undefined) return exports;
  for (const member of refusal.names) {
    const refuse = refused(member, `node:${name} ${member} is not available: ${refusal.why}. ${refusal.instead}`);
    define(exports, member, refuse);
  }
  const values = refusal.values?.() ?? {};
  for (const key of Object.keys(values)) lazyProperty(exports, key, () => values[key]);
  if (name === 'dns') lazyProperty(exports, 'promises', () => unavailable('dns/promises'));
  return exports;
}
