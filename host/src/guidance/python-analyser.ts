import { pythonWork } from './python-work.ts';

/**
 * A Python program that reads the program on its standard input with the component's own parser and prints what it saw
 * as JSON (`CodeFacts`). The program that it reads is data to it: nothing of it is run.
 */
export const pythonAnalyser = `
import ast, json, sys

MOST = 50
NETWORK = {'socket', 'ssl', 'http', 'urllib', 'requests', 'httpx', 'aiohttp', 'ftplib', 'smtplib', 'imaplib', 'poplib', 'telnetlib', 'xmlrpc', 'websockets', 'socketserver'}
NETWORK_CALLS = {'urlopen', 'urlretrieve', 'create_connection', 'HTTPConnection', 'HTTPSConnection'}
PURE_NETWORK = {'urllib.parse', 'http.cookies', 'http.HTTPStatus', 'urllib.error'}
PROCESSES = {'subprocess', 'multiprocessing', 'pty'}
PROCESS_CALLS = {'os.system', 'os.popen', 'os.fork', 'os.execv', 'os.spawnv', 'threading.Thread', 'concurrent.futures.ProcessPoolExecutor', 'ProcessPoolExecutor', 'Thread'}
READERS = {'open', 'Path', 'PurePath', 'listdir', 'scandir', 'stat', 'connect', 'load_workbook', 'read_csv', 'read_excel', 'read_json', 'read_text', 'read_lines', 'list_files', 'file_exists', 'file_size', 'ZipFile', 'exists', 'isfile', 'isdir', 'walk', 'PdfReader', 'chdir', 'glob'}
WRITERS = {'mkdir', 'makedirs', 'remove', 'unlink', 'rmdir', 'rename', 'replace', 'write_json', 'write_text', 'append_text', 'remove_file', 'copy_file', 'rmtree', 'copyfile', 'savefig'}
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def dotted(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return '.'.join(reversed(parts))


def literal(node):
    return node.value if isinstance(node, ast.Constant) else None


def leaves(loop):
    pending = list(loop.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.Break, ast.Return, ast.Raise, ast.Yield, ast.YieldFrom, ast.Await)):
            return True
        if isinstance(node, ast.Call) and dotted(node.func) in ('exit', 'quit', 'sys.exit', 'os._exit', 'next'):
            return True
        if not isinstance(node, FUNCTIONS):
            pending.extend(ast.iter_child_nodes(node))
    return False


${pythonWork}

class Facts:
    def __init__(self, work):
        self.work = work
        self.imports, self.network, self.processes, self.recursive, self.paths, self.endless = [], [], [], [], [], []
        self.count = self.depth = self.steps = self.classes = 0
        self.keeps_state = self.reads_input = False

    def add(self, places, name, node):
        if len(places) < MOST:
            places.append({'name': name[:200], 'line': getattr(node, 'lineno', 1)})

    def module(self, full, node):
        top = full.split('.')[0]
        self.add(self.imports, top, node)
        if full != top:
            self.add(self.imports, full, node)
        if top in NETWORK and full not in PURE_NETWORK and full not in ('http', 'urllib'):
            self.add(self.network, full, node)
        if top in PROCESSES:
            self.add(self.processes, full, node)

    def call(self, node, functions):
        name = dotted(node.func)
        last = node.func.attr if isinstance(node.func, ast.Attribute) else name
        if last in NETWORK_CALLS:
            self.add(self.network, name or last, node)
        if name in PROCESS_CALLS:
            self.add(self.processes, name, node)
        if name in ('globals', 'locals') and not node.args:
            self.keeps_state = self.keeps_state or name == 'globals'
        if name in ('input', 'sys.stdin.read', 'sys.stdin.readline', 'sys.stdin.readlines'):
            self.reads_input = True
        if name in ('__import__', 'importlib.import_module') and node.args and isinstance(literal(node.args[0]), str):
            self.module(literal(node.args[0]), node)
        if name in functions:
            self.add(self.recursive, name, node)
        if node.args and isinstance(literal(node.args[0]), str) and (last in READERS or last in WRITERS):
            mode = literal(node.args[1]) if last == 'open' and len(node.args) > 1 else None
            for keyword in node.keywords:
                if keyword.arg == 'mode':
                    mode = literal(keyword.value)
            writes = last in WRITERS or (isinstance(mode, str) and any(letter in mode for letter in 'wax+'))
            if len(self.paths) < MOST:
                self.paths.append({'path': literal(node.args[0])[:500], 'write': writes, 'line': node.lineno})

    def sources(self, node):
        if isinstance(node, (ast.For, ast.AsyncFor)):
            return max(1, self.work.length(node.iter) or 1)
        if isinstance(node, ast.While):
            return max(1, self.work.turns(node) or 1)
        product = 1
        for generator in getattr(node, 'generators', ()):
            product *= max(1, self.work.length(generator.iter) or 1)
        return product

    def walk(self, top):
        # Not a recursion: the program may be nested deeply. (node, loops around it, their steps, functions around it)
        pending = [(top, 0, 1, ())]
        while pending:
            node, depth, steps, functions = pending.pop()
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.module(alias.name, node)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                self.module(node.module or '', node)
            elif isinstance(node, ast.Call):
                self.call(node, functions)
            elif isinstance(node, ast.ClassDef):
                self.classes += 1
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                functions = (*functions, node.name)
            if isinstance(node, LOOPS):
                self.count += 1
                depth, steps = depth + 1, min(TOP, steps * self.sources(node))
                self.depth, self.steps = max(self.depth, depth), max(self.steps, steps)
                if isinstance(node, ast.While) and literal(node.test) and not leaves(node) and len(self.endless) < MOST:
                    self.endless.append(node.lineno)
            pending.extend((child, depth, steps, functions) for child in reversed(list(ast.iter_child_nodes(node))))


def main():
    try:
        tree = ast.parse(sys.stdin.buffer.read())
    except SyntaxError as error:
        return {'syntaxError': {'message': f'{type(error).__name__}: {error.msg}', 'line': error.lineno}}
    except (ValueError, RecursionError, MemoryError) as error:
        return {'syntaxError': {'message': f'the code cannot be analysed: {type(error).__name__}', 'line': None}}
    try:
        work = Work(tree)
    except (RecursionError, MemoryError):
        return {'syntaxError': {'message': 'the code is nested too deeply to be analysed', 'line': None}}
    facts = Facts(work)
    facts.walk(tree)
    return {
        'imports': facts.imports,
        'vendored': [],
        'paths': facts.paths,
        'loops': {'count': facts.count, 'depth': facts.depth, 'endless': facts.endless, 'steps': int(min(facts.steps, TOP))},
        'work': int(min(work.total, TOP)),
        'openEnded': work.open,
        'network': facts.network,
        'processes': facts.processes,
        'keepsState': facts.keeps_state,
        'readsInput': facts.reads_input,
        'recursive': facts.recursive,
        'classes': facts.classes,
        'quickjs': {'used': False, 'misuses': []},
    }


print(json.dumps(main()))
`;
