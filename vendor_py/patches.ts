/** A place in a package that assumes what WebAssembly lacks. `find` must stand there once. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Modules that an `import` at the top asks for, and that only matter to a part that cannot work here anyway. */
export const patches: readonly Patch[] = [
  // There is no https without ssl, and fpdf2 fetches nothing here.
  {
    file: 'fpdf/image_parsing.py',
    find: '    HTTPHandler,\n    HTTPRedirectHandler,\n    HTTPSHandler,\n',
    replace: '    HTTPHandler,\n    HTTPHandler as HTTPSHandler,\n    HTTPRedirectHandler,\n',
  },
  { file: 'fpdf/image_parsing.py', find: ', http.client.HTTPSConnection\n', replace: ', http.client.HTTPConnection\n' },
  // The manifest says so; a warning in every run would only stand in the way.
  {
    file: 'fpdf/fpdf.py',
    find: '    warnings.warn(\n        "Pillow could not be imported - fpdf2 will not be able to add any image"\n    )\n',
    replace: '',
  },
  // Only a type.
  { file: 'jwt/jwks_client.py', find: 'from ssl import SSLContext\n', replace: 'SSLContext = object\n' },
  // Graphs are read from files compressed with gzip, not with bzip2.
  { file: 'networkx/utils/decorators.py', find: 'import bz2\n', replace: '' },
  { file: 'networkx/utils/decorators.py', find: '    ".bz2": bz2.BZ2File,\n', replace: '' },
  // There is one user, who is not root.
  {
    file: 'platformdirs/unix.py',
    find: '        from os import getuid as geteuid\n',
    replace: '        def geteuid() -> int:\n            return 1000\n',
  },
  // Descriptors cannot be duplicated here: output is captured at sys.stdout, and no stack is dumped after a crash.
  { file: '_pytest/capture.py', find: '        default="fd",\n', replace: '        default="sys",\n' },
  { file: '_pytest/config/__init__.py', find: '    "faulthandler",\n', replace: '' },
  // There are neither users nor a null device.
  {
    file: '_pytest/compat.py',
    find: '    if sys.platform == "win32" or sys.platform == "emscripten":\n',
    replace: '    if sys.platform == "win32" or sys.platform in ("emscripten", "wasi"):\n',
  },
  {
    file: '_pytest/logging.py',
    find: 'get_option_ini(config, "log_file") or os.devnull\n',
    replace: 'get_option_ini(config, "log_file") or "/tmp/pytest.log"\n',
  },
  // Only a type; and what refreshes a display by itself is a thread.
  { file: 'rich/progress.py', find: 'from mmap import mmap\n', replace: 'mmap = memoryview\n' },
  {
    file: 'rich/live.py',
    find: '        self.auto_refresh = auto_refresh\n',
    replace: '        self.auto_refresh = False\n',
  },
  // A C long of this platform has 4 bytes.
  { file: 'sympy/external/gmpy.py', find: 'from ctypes import c_long, sizeof\n', replace: '' },
  { file: 'sympy/external/gmpy.py', find: '8*sizeof(c_long) - 1', replace: '8*4 - 1' },
  // The monitor is a thread.
  { file: 'tqdm/std.py', find: '    monitor_interval = 10 ', replace: '    monitor_interval = 0 ' },
  // Files are in memory already.
  { file: 'xlrd/book.py', find: '\nimport mmap\n', replace: '\n' },
  { file: 'xlrd/book.py', find: '                if self.use_mmap:\n', replace: '                if False:\n' },
];
