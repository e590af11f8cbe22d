# What is done with each public module of the library index of CPython 3.14, in the component.
# `## name` begins a module, `# - text` one check of it; the lines below a check are a program of their own.
## __future__
# - features
import __future__
assert __future__.annotations.getMandatoryRelease() is None
## __main__
# - the program is it
import __main__
assert __main__.__file__.endswith("check.py") and __name__ == "__main__"
## _thread
# - locks
import _thread
lock = _thread.allocate_lock()
with lock: assert lock.locked()
# - start a thread
import _thread
_thread.start_new_thread(print, ())
## abc
# - abstract classes
import abc
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
try: A()
except TypeError: pass
else: raise AssertionError
## annotationlib
# - annotations as values and text
import annotationlib
def f(a: int, b: missing): ...
assert annotationlib.get_annotations(f, format=annotationlib.Format.STRING) == {"a": "int", "b": "missing"}
## argparse
# - options, subcommands, help
import argparse
parser = argparse.ArgumentParser(prog="p")
sub = parser.add_subparsers(dest="cmd").add_parser("go")
sub.add_argument("-n", type=int)
assert parser.parse_args(["go", "-n", "3"]).n == 3 and "usage: p" in parser.format_help()
## array
# - typed arrays and bytes
import array
a = array.array("d", [1, 2]); a.extend([3]); b = array.array("d"); b.frombytes(a.tobytes()); assert b == a
## ast
# - parse, change, unparse, literal_eval
import ast
tree = ast.parse("x = 1 + 2"); tree.body[0].value = ast.Constant(5)
assert ast.unparse(tree) == "x = 5" and ast.literal_eval("{'a': [1]}") == {"a": [1]}
## asyncio
# - run, gather, sleep, queues
import asyncio
async def main():
    queue = asyncio.Queue()
    async def produce():
        for n in range(3): await queue.put(n); await asyncio.sleep(0)
    async def consume(): return [await queue.get() for _ in range(3)]
    return (await asyncio.gather(produce(), consume()))[1]
assert asyncio.run(main()) == [0, 1, 2]
# - task groups, timeouts, locks, events
import asyncio
async def main():
    event = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        one = group.create_task(event.wait()); event.set()
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(9)
    except TimeoutError: return one.result()
assert asyncio.run(main()) is True
# - to_thread
import asyncio
assert asyncio.run(asyncio.to_thread(sum, [1, 2])) == 3
# - subprocesses
import asyncio
asyncio.run(asyncio.create_subprocess_exec("ls"))
# - connections
import asyncio
asyncio.run(asyncio.open_connection("example.com", 80))
## atexit
# - handlers
import atexit
atexit.register(print, end=""); atexit.unregister(print)
## base64
# - base 64, 32, 85
import base64
assert base64.b64decode(base64.b64encode(b"x")) == base64.b85decode(base64.b85encode(b"x")) == b"x"
## bdb
# - a debugger of one's own
import bdb
class D(bdb.Bdb):
    lines = 0
    def user_line(self, frame): self.lines += 1
d = D(); d.run("a = 1\nb = 2"); assert d.lines == 2
## binascii
# - hex and CRC
import binascii
assert binascii.hexlify(b"\x01") == b"01" and binascii.crc32(b"a") == 0xE8B7BE43
## bisect
# - insert in order
import bisect
a = [1, 3]; bisect.insort(a, 2); assert a == [1, 2, 3]
## builtins
# - every function
import builtins
assert builtins.sum([1]) == 1 and len(dir(builtins)) > 150
# - breakpoint and input at the end of stdin
try: input()
except EOFError: pass
## bz2
# - compress
import bz2
## calendar
# - months and weekdays
import calendar
assert calendar.monthrange(2026, 2) == (6, 28) and "February" in calendar.month(2026, 2)
## cmath
# - complex functions
import cmath
assert abs(cmath.exp(1j * cmath.pi) + 1) < 1e-9
## cmd
# - a command interpreter
import cmd, io
class C(cmd.Cmd):
    def do_hi(self, a): self.stdout.write("hi " + a); return True
out = io.StringIO(); C(stdin=io.StringIO("hi x\n"), stdout=out).onecmd("hi x"); assert out.getvalue() == "hi x"
## code
# - an interpreter
import code, io, contextlib
with contextlib.redirect_stdout(io.StringIO()) as out: code.InteractiveInterpreter().runsource("1+1")
assert out.getvalue() == "2\n"
## codecs
# - encodings and incremental decoders
import codecs
assert codecs.encode("é", "latin-1") == b"\xe9" and codecs.getincrementaldecoder("utf-8")().decode(b"\xc3") == ""
## codeop
# - complete or not
import codeop
assert codeop.compile_command("if x:") is None
## collections
# - Counter, deque, defaultdict, namedtuple, ChainMap
import collections as c
assert c.Counter("aab").most_common(1) == [("a", 2)] and c.namedtuple("P", "x y")(1, 2).y == 2 and c.ChainMap({1: 2})[1] == 2
## collections.abc
# - interfaces
import collections.abc as c
assert isinstance([], c.Sequence) and not isinstance({}, c.Sequence)
## colorsys
# - colour spaces
import colorsys
assert colorsys.rgb_to_hsv(1, 0, 0) == (0, 1, 1)
## compileall
# - compile a folder
import compileall
open("m.py", "w").write("x = 1"); assert compileall.compile_file("m.py", quiet=1)
## compression
# - the package
import compression
## compression.bz2
# - compress
import compression.bz2
## compression.gzip
# - compress
import compression.gzip as g
assert g.decompress(g.compress(b"x")) == b"x"
## compression.lzma
# - compress
import compression.lzma
## compression.zlib
# - compress
import compression.zlib as z
assert z.decompress(z.compress(b"x")) == b"x"
## compression.zstd
# - compress
import compression.zstd
## concurrent.futures
# - futures
from concurrent.futures import Future
f = Future(); f.set_result(1); assert f.result() == 1
# - a pool of threads
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor() as pool: pool.submit(print)
# - a pool of processes
from concurrent.futures import ProcessPoolExecutor
with ProcessPoolExecutor() as pool: pool.submit(print)
## concurrent.interpreters
# - another interpreter
import concurrent.interpreters
## configparser
# - read and write
import configparser, io
c = configparser.ConfigParser(); c.read_string("[a]\nb = 1\nc = %(b)s2"); assert c["a"]["c"] == "12"
c.write(out := io.StringIO()); assert "[a]" in out.getvalue()
## contextlib
# - managers, ExitStack, suppress, redirects
import contextlib
@contextlib.contextmanager
def m(): yield 1
with contextlib.ExitStack() as stack, contextlib.suppress(ValueError): assert stack.enter_context(m()) == 1; raise ValueError
## contextvars
# - contexts
import contextvars
v = contextvars.ContextVar("v", default=0); c = contextvars.copy_context(); c.run(v.set, 5); assert (v.get(), c[v]) == (0, 5)
## copy
# - deep copies, replace
import copy
a = [[1]]; b = copy.deepcopy(a); b[0].append(2); assert a == [[1]]
## copyreg
# - pickling functions
import copyreg, pickle
class C: pass
copyreg.pickle(C, lambda c: (C, ())); assert isinstance(pickle.loads(pickle.dumps(C())), C)
## cProfile
# - profile
import cProfile, io, pstats
p = cProfile.Profile(); p.runcall(sum, [1]); s = io.StringIO(); pstats.Stats(p, stream=s).print_stats(); assert "sum" in s.getvalue()
## csv
# - read and write, dialects, Sniffer
import csv, io
out = io.StringIO(); csv.DictWriter(out, ["a", "b"]).writerows([{"a": 1, "b": "x,y"}])
assert out.getvalue() == '1,"x,y"\r\n' and csv.Sniffer().sniff("a;b\n1;2").delimiter == ";"
assert list(csv.DictReader(io.StringIO("h\n0"))) == [{"h": "0"}]
## ctypes
# - load a library
import ctypes
## curses
# - a screen
import curses
## curses.ascii
# - character classes
import curses.ascii
## curses.panel
# - panels
import curses.panel
## curses.textpad
# - text boxes
import curses.textpad
## dataclasses
# - fields, order, frozen, replace
import dataclasses
@dataclasses.dataclass(order=True, frozen=True, slots=True)
class P:
    x: int; y: list = dataclasses.field(default_factory=list)
assert P(1) < P(2) and dataclasses.asdict(dataclasses.replace(P(1), x=3)) == {"x": 3, "y": []}
## datetime
# - arithmetic, parsing, formatting, zones
from datetime import datetime, timedelta, timezone
d = datetime(2026, 2, 28, tzinfo=timezone.utc) + timedelta(days=1)
assert d.isoformat() == "2026-03-01T00:00:00+00:00" and datetime.strptime("1 Mar 26", "%d %b %y").month == 3
# - the present moment
from datetime import datetime
assert datetime.now().year >= 2025
## dbm
# - a database, whichever there is
import dbm
with dbm.open("d", "c") as db: db[b"k"] = b"v"
with dbm.open("d") as db: assert db[b"k"] == b"v"
## dbm.dumb
# - read and write
import dbm.dumb
with dbm.dumb.open("d") as db: db["k"] = "v"
## dbm.gnu
# - open
import dbm.gnu
## dbm.ndbm
# - open
import dbm.ndbm
## dbm.sqlite3
# - read and write
import dbm.sqlite3
with dbm.sqlite3.open("d", "c") as db: db["k"] = "v"; assert db["k"] == b"v"
## decimal
# - exact arithmetic
from decimal import Decimal, localcontext
with localcontext(prec=30): assert str(Decimal(1) / 7) == "0.142857142857142857142857142857"
assert Decimal("1.10") + Decimal("2.20") == Decimal("3.30")
## difflib
# - differences and close matches
import difflib
assert difflib.get_close_matches("appel", ["ape", "apple"])[0] == "apple" and "+b" in list(difflib.unified_diff(["a"], ["b"], lineterm=""))
## dis
# - bytecode
import dis
assert any(i.opname.startswith("RETURN") for i in dis.get_instructions(lambda: 1))
## doctest
# - examples
import doctest
def f():
    """
    >>> 1 + 1
    2
    """
assert doctest.run_docstring_examples(f, {}) is None
## email
# - build and parse a message
import email, email.message
m = email.message.EmailMessage(); m["Subject"] = "é"; m.set_content("text"); m.add_attachment(b"x", maintype="a", subtype="b", filename="f")
assert [p.get_content_type() for p in email.message_from_bytes(bytes(m)).walk()] == ["multipart/mixed", "text/plain", "a/b"]
## email.charset
# - body encodings
import email.charset
assert email.charset.Charset("utf-8").get_body_encoding() == "base64"
## email.contentmanager
# - content
import email.contentmanager
assert email.contentmanager.raw_data_manager
## email.encoders
# - base64
import email.encoders, email.message
m = email.message.Message(); m.set_payload("x"); email.encoders.encode_base64(m); assert m["Content-Transfer-Encoding"] == "base64"
## email.errors
# - exceptions
import email.errors
assert issubclass(email.errors.HeaderParseError, email.errors.MessageError)
## email.generator
# - as text
import email.generator, email.message, io
o = io.StringIO(); email.generator.Generator(o).flatten(email.message.Message()); assert o.getvalue() == "\n"
## email.header
# - encoded headers
import email.header
assert email.header.decode_header("=?utf-8?q?=C3=A9?=") == [(b"\xc3\xa9", "utf-8")]
## email.headerregistry
# - addresses
from email.headerregistry import Address
assert str(Address("A", "a", "b.c")) == "A <a@b.c>"
## email.iterators
# - walk
import email.iterators, email.message
assert list(email.iterators.body_line_iterator(email.message.Message())) == []
## email.message
# - headers
from email.message import EmailMessage
m = EmailMessage(); m["To"] = "a@b.c"; assert m["to"].addresses[0].domain == "b.c"
## email.mime
# - parts
from email.mime.text import MIMEText
assert MIMEText("x").get_content_type() == "text/plain"
## email.parser
# - parse
import email.parser
assert email.parser.Parser().parsestr("A: b\n\nc").get_payload() == "c"
## email.policy
# - policies
import email.policy
assert email.policy.SMTP.linesep == "\r\n"
## email.utils
# - addresses and dates
import email.utils
assert email.utils.parseaddr("A <a@b>") == ("A", "a@b") and email.utils.parsedate_to_datetime("Thu, 01 Jan 2026 00:00:00 GMT").year == 2026
## encodings
# - every encoding of the library
import encodings.aliases, codecs
for name in set(encodings.aliases.aliases.values()) - {"mbcs", "oem", "bz2_codec"}: codecs.lookup(name)
# - mbcs and oem of Windows
import codecs
codecs.lookup("mbcs")
# - bz2_codec
import codecs
codecs.encode(b"x", "bz2")
## encodings.idna
# - domain names
assert "é.x".encode("idna") == b"xn--9ca.x"
## encodings.utf_8_sig
# - byte order marks
assert b"\xef\xbb\xbfx".decode("utf-8-sig") == "x"
## ensurepip
# - pip
import ensurepip
## enum
# - Enum, Flag, auto
import enum
class C(enum.Flag): A = enum.auto(); B = enum.auto()
assert (C.A | C.B).value == 3 and C["A"] is C.A
## errno
# - names of numbers
import errno
assert errno.errorcode[errno.ENOENT] == "ENOENT"
## faulthandler
# - dump the stack
import faulthandler
faulthandler.dump_traceback(open("f", "w"))
# - enable
import faulthandler
faulthandler.enable()
## fcntl
# - locks
import fcntl
## filecmp
# - compare
import filecmp
write_text("a", "1"); write_text("b", "1"); assert filecmp.cmp("a", "b", shallow=False)
## fileinput
# - lines of files
import fileinput
write_text("a", "1\n2"); assert [l.strip() for l in fileinput.input(["a"])] == ["1", "2"]
## fnmatch
# - patterns
import fnmatch
assert fnmatch.filter(["a.py", "b"], "*.py") == ["a.py"]
## fractions
# - exact fractions
from fractions import Fraction
assert Fraction("0.5") + Fraction(1, 3) == Fraction(5, 6)
## ftplib
# - import
import ftplib
# - connect
import ftplib
ftplib.FTP("example.com")
## functools
# - cache, partial, reduce, singledispatch, total_ordering
import functools
@functools.cache
def f(n): return n if n < 2 else f(n - 1) + f(n - 2)
assert f(50) == 12586269025 and functools.partial(int, base=2)("11") == 3
## gc
# - collect
import gc
a = []; a.append(a); del a; assert gc.collect() > 0
## getopt
# - options
import getopt
assert getopt.getopt(["-a", "1", "x"], "a:") == ([("-a", "1")], ["x"])
## getpass
# - the user's name
import getpass, os
os.environ["USER"] = "u"; assert getpass.getuser() == "u"
## gettext
# - messages
import gettext
assert gettext.ngettext("file", "files", 2) == "files"
## glob
# - find files
import glob
write_text("d/a.py", ""); assert glob.glob("**/*.py", recursive=True)
## graphlib
# - order
import graphlib
assert list(graphlib.TopologicalSorter({"b": {"a"}}).static_order()) == ["a", "b"]
## grp
# - groups
import grp
## gzip
# - files
import gzip
with gzip.open("a.gz", "wt") as f: f.write("x")
assert gzip.open("a.gz", "rt").read() == "x"
## hashlib
# - digests
import hashlib
assert hashlib.sha256(b"").hexdigest().startswith("e3b0c442") and len(hashlib.blake2b(b"x").digest()) == 64 and hashlib.md5(b"x")
# - key derivation
import hashlib
assert hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 2, 20).hex() == "ae4d0c95af6b46d32d0adff928f06dd02a303f8e"
# - scrypt
import hashlib
hashlib.scrypt(b"p", salt=b"s", n=2, r=1, p=1)
## heapq
# - heaps
import heapq
assert heapq.nsmallest(2, [3, 1, 2]) == [1, 2] and list(heapq.merge([1], [0])) == [0, 1]
## hmac
# - signatures
import hmac
assert hmac.compare_digest(hmac.digest(b"k", b"m", "sha256"), hmac.new(b"k", b"m", "sha256").digest())
## html
# - escape
import html
assert html.unescape(html.escape("<é>")) == "<é>"
## html.entities
# - names
import html.entities
assert html.entities.html5["eacute;"] == "é"
## html.parser
# - parse
from html.parser import HTMLParser
class P(HTMLParser):
    def handle_starttag(self, tag, attrs): self.seen = tag, attrs
p = P(); p.feed("<a href=x>"); assert p.seen == ("a", [("href", "x")])
## http
# - status codes
import http
assert http.HTTPStatus(404).phrase == "Not Found"
## http.client
# - import, parse headers
import http.client, io
assert http.client.parse_headers(io.BytesIO(b"A: b\r\n\r\n"))["a"] == "b"
# - connect
import http.client
http.client.HTTPConnection("example.com").request("GET", "/")
## http.cookiejar
# - cookies
import http.cookiejar
assert len(http.cookiejar.CookieJar()) == 0
## http.cookies
# - parse
from http.cookies import SimpleCookie
assert SimpleCookie("a=b")["a"].value == "b"
## http.server
# - import
import http.server
# - listen
import http.server
http.server.HTTPServer(("", 8000), http.server.BaseHTTPRequestHandler)
## idlelib
# - the editor
import idlelib
## imaplib
# - connect
import imaplib
imaplib.IMAP4("example.com")
## importlib
# - import and reload
import importlib
write_text("m.py", "x = 1"); m = importlib.import_module("m"); write_text("m.py", "x = 22"); assert importlib.reload(m).x == 22
## importlib.abc
# - interfaces
import importlib.abc
assert importlib.abc.Loader
## importlib.machinery
# - finders and loaders
import importlib.machinery
assert importlib.machinery.PathFinder.find_spec("json").name == "json"
## importlib.metadata
# - versions of packages
import importlib.metadata
assert importlib.metadata.version("attrs") and len(list(importlib.metadata.distributions())) > 50
## importlib.resources
# - files of packages
import importlib.resources
assert "CERTIFICATE" in importlib.resources.read_text("certifi", "cacert.pem")
## importlib.resources.abc
# - interfaces
import importlib.resources.abc
assert importlib.resources.abc.Traversable
## importlib.util
# - load a file as a module
import importlib.util
write_text("x.txt", "y = 3"); s = importlib.util.spec_from_loader("x", None); assert importlib.util.find_spec("json")
## inspect
# - signatures and source
import inspect
def f(a, *, b=1): "doc"
assert str(inspect.signature(f)) == "(a, *, b=1)" and "doc" in inspect.getsource(f)
# - source of the library
import inspect, json
inspect.getsource(json)
## io
# - text and bytes in memory
import io
assert io.TextIOWrapper(io.BytesIO(b"a\r\nb")).readlines() == ["a\n", "b"]
## ipaddress
# - networks
import ipaddress
assert ipaddress.ip_address("10.0.0.1") in ipaddress.ip_network("10.0.0.0/8")
## itertools
# - product, groupby, batched
import itertools as i
assert list(i.batched("abc", 2)) == [("a", "b"), ("c",)] and len(list(i.permutations(range(4)))) == 24
## json
# - both ways
import json
assert json.loads(json.dumps({"a": [1.5, None, "é"]})) == {"a": [1.5, None, "é"]}
## json.tool
# - format
import json.tool, sys
write_text("a.json", "[1]"); sys.argv = ["t", "a.json", "b.json"]; json.tool.main(); assert read_text("b.json") == "[\n    1\n]\n"
## keyword
# - words
import keyword
assert keyword.iskeyword("if") and keyword.issoftkeyword("match")
## linecache
# - lines
import linecache
write_text("a", "1\n2\n"); assert linecache.getline("a", 2) == "2\n"
## locale
# - the C locale
import locale
assert locale.setlocale(locale.LC_ALL, "") and locale.format_string("%d", 1234, grouping=True) == "1234"
# - another locale
import locale
locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
## logging
# - loggers and files
import logging
logging.basicConfig(filename="l.txt", level="INFO", format="%(levelname)s %(message)s"); logging.info("hi"); logging.shutdown()
assert read_text("l.txt") == "INFO hi\n"
## logging.config
# - from a dict
import logging.config
logging.config.dictConfig({"version": 1, "root": {"level": "ERROR"}}); assert logging.getLogger().level == 40
## logging.handlers
# - rotate files, keep in memory
import logging, logging.handlers
h = logging.handlers.RotatingFileHandler("r.txt", maxBytes=10, backupCount=1)
for n in range(3): h.emit(logging.makeLogRecord({"msg": "12345678"}))
assert file_exists("r.txt.1")
# - over the network
import logging, logging.handlers
h = logging.handlers.SocketHandler("example.com", 1); h.makeSocket()
## lzma
# - compress
import lzma
## mailbox
# - an mbox file
import mailbox
box = mailbox.mbox("m"); box.add("Subject: x\n\ny"); box.flush(); assert len(mailbox.mbox("m")) == 1
## marshal
# - both ways
import marshal
assert marshal.loads(marshal.dumps([1, "a"])) == [1, "a"]
## math
# - functions
import math
assert math.comb(5, 2) == 10 and math.isclose(math.hypot(3, 4), 5) and math.sumprod([1, 2], [3, 4]) == 11
## mimetypes
# - types by name
import mimetypes
assert mimetypes.guess_type("a.json")[0] == "application/json"
## mmap
# - map a file
import mmap
## modulefinder
# - imports of a script
import modulefinder
write_text("s.py", "import string"); f = modulefinder.ModuleFinder(); f.run_script("s.py"); assert "string" in f.modules | f.badmodules
## msvcrt
# - Windows
import msvcrt
## multiprocessing
# - import
import multiprocessing
assert multiprocessing.current_process().name == "MainProcess"
# - start a process
import multiprocessing
multiprocessing.Process(target=print).start()
# - a pool
import multiprocessing
multiprocessing.Pool(2)
## multiprocessing.connection
# - a pipe
from multiprocessing.connection import Pipe
Pipe()
## multiprocessing.dummy
# - threads as processes
from multiprocessing.dummy import Pool
Pool(2)
## multiprocessing.managers
# - a manager
from multiprocessing.managers import SyncManager
SyncManager().start()
## multiprocessing.pool
# - a pool of threads
from multiprocessing.pool import ThreadPool
ThreadPool(2)
## multiprocessing.shared_memory
# - shared memory
from multiprocessing.shared_memory import SharedMemory
SharedMemory(create=True, size=10)
## multiprocessing.sharedctypes
# - shared values
import multiprocessing.sharedctypes
## netrc
# - parse
import netrc
write_text("n", "machine m login l password p"); assert netrc.netrc("n").authenticators("m")[0] == "l"
## numbers
# - interfaces
import numbers
assert isinstance(1, numbers.Rational)
## operator
# - functions for operators
import operator as o
assert o.itemgetter(1)([1, 2]) == 2 and o.methodcaller("upper")("a") == "A" and o.attrgetter("real")(3) == 3
## optparse
# - options
import optparse
p = optparse.OptionParser(); p.add_option("-a", type="int"); assert p.parse_args(["-a", "2"])[0].a == 2
## os
# - files and folders
import os
os.makedirs("a/b"); os.rename("a", "c"); os.symlink("c", "l"); assert sorted(os.listdir()) [:1] and os.readlink("l") == "c" and [d for d, _, _ in os.walk("c")] == ["c", "c/b"]
assert os.stat("c").st_mode and len(os.urandom(3)) == 3 and os.getcwd() == "/app" and os.environ["HOME"] == "/app"
# - modes of files
import os
write_text("a", ""); os.chmod("a", 0o600)
# - copies of descriptors
import os
os.dup(1)
# - pipes
import os
os.pipe()
# - processes
import os
os.system("ls")
# - fork
import os
os.fork()
## os.path
# - paths
import os.path
assert os.path.normpath("a/../b") == "b" and os.path.splitext("x.tar.gz")[1] == ".gz"
## pathlib
# - files
import pathlib
p = pathlib.Path("d/e.txt"); p.parent.mkdir(); p.write_text("x"); p.copy("f.txt"); assert [q.name for q in pathlib.Path().rglob("*.txt")] and p.with_suffix(".md").name == "e.md"
## pathlib.types
# - interfaces
import pathlib.types
assert pathlib.types.PathInfo
## pdb
# - a debugger fed from a text
import pdb, io
p = pdb.Pdb(stdin=io.StringIO("p 1+1\nc\n"), stdout=(o := io.StringIO())); p.run("x = 1"); assert "2" in o.getvalue()
## pickle
# - both ways, all protocols
import pickle
for n in range(pickle.HIGHEST_PROTOCOL + 1): assert pickle.loads(pickle.dumps({"a": {1, 2}}, n)) == {"a": {1, 2}}
## pickletools
# - look into a pickle
import pickletools, pickle, io
pickletools.dis(pickle.dumps(1), o := io.StringIO()); assert "STOP" in o.getvalue()
## pkgutil
# - list modules
import pkgutil, json
assert "decoder" in [m.name for m in pkgutil.iter_modules(json.__path__)]
## platform
# - what it is
import platform
assert platform.python_implementation() == "CPython" and platform.system() == "wasi"
## plistlib
# - both ways
import plistlib
assert plistlib.loads(plistlib.dumps({"a": 1})) == {"a": 1}
## poplib
# - connect
import poplib
poplib.POP3("example.com")
## posix
# - calls
import posix
assert posix.getpid() > 0 or True
## pprint
# - pretty
import pprint
assert "\n" in pprint.pformat({n: "x" * 30 for n in range(5)})
## profile
# - profile
import profile, io, contextlib
with contextlib.redirect_stdout(io.StringIO()) as o: profile.run("1")
assert "function calls" in o.getvalue()
## pstats
# - sort
import pstats, cProfile, io
p = cProfile.Profile(); p.runcall(len, ""); pstats.Stats(p, stream=io.StringIO()).sort_stats("time").print_stats(1)
## pty
# - a terminal
import pty
## pwd
# - users
import pwd
## py_compile
# - compile a file
import py_compile
write_text("m.py", "x = 1"); assert py_compile.compile("m.py", doraise=True)
## pyclbr
# - classes of a file
import pyclbr
write_text("m.py", "class A: pass"); assert "A" in pyclbr.readmodule("m", ["/app"])
## pydoc
# - help as text
import pydoc
assert "sorted" in pydoc.render_doc(sorted)
# - help on a keyword
import pydoc
pydoc.help("if")
## queue
# - queues in one thread
import queue
q = queue.PriorityQueue(); q.put(2); q.put(1); assert q.get() == 1
## quopri
# - both ways
import quopri
assert quopri.decodestring(quopri.encodestring("é=".encode())) == "é=".encode()
## random
# - fresh in every run, or seeded
import random
assert random.Random(1).random() == random.Random(1).random() and 0 <= random.random() < 1 and random.sample(range(9), 9)
## re
# - patterns
import re
assert re.sub(r"(?P<a>\w+) (\w+)", r"\2 \g<a>", "x y") == "y x" and re.findall(r"\d+", "1 22") == ["1", "22"]
## readline
# - line editing
import readline
## reprlib
# - short texts
import reprlib
assert reprlib.repr("x" * 99).count("x") < 40
## resource
# - limits
import resource
## rlcompleter
# - completion
import rlcompleter
assert rlcompleter.Completer({"abc": 1}).complete("ab", 0) == "abc"
## runpy
# - run a module or a file
import runpy
write_text("m.py", "x = __name__"); assert runpy.run_path("m.py")["x"] == "<run_path>" and runpy.run_module("m")["x"] == "m"
## sched
# - events in time
import sched
s = sched.scheduler(); a = []; s.enter(0.01, 1, a.append, (1,)); s.run(); assert a == [1]
## secrets
# - tokens
import secrets
assert len(secrets.token_hex(4)) == 8 and secrets.choice([1]) == 1
## select
# - wait for time
import select
assert select.select([], [], [], 0.001) == ([], [], [])
# - wait for standard input
import select, sys
assert select.select([sys.stdin], [], [], 0)
## selectors
# - the default selector
import selectors
assert selectors.DefaultSelector().select(0) == []
## shelve
# - objects in a file
import shelve
with shelve.open("s") as s: s["a"] = [1]
with shelve.open("s") as s: assert s["a"] == [1]
## shlex
# - split and quote
import shlex
assert shlex.split("a 'b c'") == ["a", "b c"] and shlex.quote("a b") == "'a b'"
## shutil
# - copy, remove, archives
import shutil
write_text("d/x", "1"); shutil.copytree("d", "e"); shutil.make_archive("z", "zip", "d"); shutil.unpack_archive("z.zip", "f"); shutil.rmtree("e")
assert read_text("f/x") == "1" and shutil.which("ls") is None
# - room on the disk
import shutil
shutil.disk_usage("/app")
## signal
# - handlers that the program itself raises
import signal
a = []; signal.signal(signal.SIGTERM, lambda *x: a.append(1)); signal.raise_signal(signal.SIGTERM); assert a
# - alarms
import signal
signal.alarm(1)
## site
# - import
import site
assert site.ENABLE_USER_SITE is None or True
## sitecustomize
# - not there, as anywhere without one
try: import sitecustomize
except ModuleNotFoundError: pass
## smtplib
# - connect
import smtplib
smtplib.SMTP("example.com")
## socket
# - addresses
import socket
assert socket.inet_aton("1.2.3.4") == b"\1\2\3\4" and socket.ntohs(1) == 256
# - connect
import socket
socket.create_connection(("example.com", 80))
# - names
import socket
socket.getaddrinfo("example.com", 80)
# - a pair
import socket
socket.socketpair()
## socketserver
# - import
import socketserver
# - listen
import socketserver
socketserver.TCPServer(("", 8000), socketserver.BaseRequestHandler)
## sqlite3
# - in memory: functions, JSON, windows, backup
import sqlite3
db = sqlite3.connect(":memory:"); db.create_function("twice", 1, lambda x: x * 2)
assert db.execute("select twice(4), json_extract('{\"a\": 1}', '$.a'), sum(1) over ()").fetchone() == (8, 1, 1)
db.backup(sqlite3.connect(":memory:"))
# - in a file of the workspace, with transactions
import sqlite3
db = sqlite3.connect("a.db"); db.execute("create table t(x unique)")
with db: db.executemany("insert into t values (?)", [(1,), (2,)])
try:
    with db: db.execute("insert into t values (1)")
except sqlite3.IntegrityError: pass
db.close(); assert sqlite3.connect("a.db").execute("select sum(x) from t").fetchone() == (3,)
# - full-text search
import sqlite3
db = sqlite3.connect(":memory:"); db.execute("create virtual table t using fts5(x)")
## ssl
# - contexts
import ssl
## stat
# - modes
import stat, os
assert stat.S_ISDIR(os.stat("/app").st_mode)
## statistics
# - averages, regression, quantiles
import statistics as s
assert s.median([1, 3, 2]) == 2 and s.linear_regression([1, 2], [2, 4]).slope == 2 and s.stdev([1, 3]) > 1
## string
# - templates and formatters
import string
assert string.Template("$a!").substitute(a=1) == "1!" and string.ascii_lowercase[:3] == "abc"
## string.templatelib
# - t-strings
from string.templatelib import Template
x = 1; t = t"a{x}b"; assert isinstance(t, Template) and t.strings == ("a", "b") and t.values == (1,)
## stringprep
# - tables
import stringprep
assert stringprep.in_table_a1("\u0221")
## struct
# - binary records
import struct
assert struct.unpack("<IhB", struct.pack("<IhB", 7, -1, 2)) == (7, -1, 2)
## subprocess
# - run a command
import subprocess
subprocess.run(["ls"])
## symtable
# - names of a text
import symtable
assert symtable.symtable("x = 1", "f", "exec").lookup("x").is_assigned()
## sys
# - the interpreter
import sys
assert sys.version_info[:2] == (3, 14) and sys.maxsize == 2**31 - 1 and sys.byteorder == "little"
# - larger depth of calls
import sys
sys.setrecursionlimit(3000)
def f(n): return n and f(n - 1)
f(2500)
## sys.monitoring
# - events
import sys
m = sys.monitoring; m.use_tool_id(0, "t"); seen = []; m.register_callback(0, m.events.PY_START, lambda *a: seen.append(1)); m.set_events(0, m.events.PY_START)
(lambda: 1)(); m.set_events(0, 0); m.free_tool_id(0); assert seen
## sysconfig
# - paths
import sysconfig
assert sysconfig.get_python_version() == "3.14"
## syslog
# - the system's log
import syslog
## tabnanny
# - check
import tabnanny
write_text("m.py", "if 1:\n    x = 1\n"); tabnanny.check("m.py")
## tarfile
# - write and read
import tarfile
write_text("a", "1")
with tarfile.open("t.tgz", "w:gz") as t: t.add("a")
with tarfile.open("t.tgz") as t: t.extractall("o", filter="data")
assert read_text("o/a") == "1"
# - bzip2 and xz
import tarfile
tarfile.open("t", "w:xz")
## tempfile
# - files and folders
import tempfile, os
with tempfile.TemporaryDirectory() as d, tempfile.NamedTemporaryFile("w", dir=d) as f: f.write("x"); assert f.name.startswith("/tmp/")
assert not os.path.exists(d) and tempfile.SpooledTemporaryFile()
## termios
# - terminals
import termios
## test
# - Python's own tests
import test.support
## textwrap
# - wrap and dedent
import textwrap
assert textwrap.wrap("a b c", 3) == ["a b", "c"] and textwrap.dedent("  x") == "x"
## threading
# - locks, events, locals, timers that are not started
import threading
threading.local().x = 1; e = threading.Event(); e.set(); assert e.wait(1) and threading.Lock().acquire() and threading.active_count() == 1
# - start a thread
import threading
threading.Thread(target=print).start()
## time
# - clocks and sleep
import time
t = time.monotonic(); time.sleep(0.002); assert time.monotonic() > t and time.time() > 1.7e9 and time.strftime("%Y", time.gmtime(0)) == "1970"
# - the clock of the processor
import time
time.process_time()
# - another zone
import time
time.tzset()
## timeit
# - measure
import timeit
assert timeit.timeit("1", number=3) >= 0
## tkinter
# - windows
import tkinter
## token
# - names
import token
assert token.tok_name[token.NAME] == "NAME"
## tokenize
# - tokens
import tokenize, io
assert [t.string for t in tokenize.generate_tokens(io.StringIO("a+1").readline)][:3] == ["a", "+", "1"]
## tomllib
# - read
import tomllib
assert tomllib.loads("a = [1]")["a"] == [1]
## trace
# - count lines
import trace
t = trace.Trace(count=1, trace=0); t.runfunc(lambda: 1); assert t.results().counts
## traceback
# - as text
import traceback
try: 1 / 0
except ZeroDivisionError as e: assert "1 / 0" in "".join(traceback.format_exception(e))
## tracemalloc
# - memory by line
import tracemalloc
tracemalloc.start(); x = ["a" * 1000]; assert tracemalloc.get_traced_memory()[0] > 0
## tty
# - modes of terminals
import tty
## turtle
# - draw
import turtle
## turtledemo
# - draw
import turtledemo
## types
# - kinds of objects
import types
assert types.SimpleNamespace(a=1).a == 1 and isinstance(print, types.BuiltinFunctionType)
## typing
# - types at run time
import typing
class T(typing.TypedDict): a: int
assert typing.get_type_hints(T) == {"a": int} and typing.get_args(list[int] | None)
## unicodedata
# - names and forms
import unicodedata
assert unicodedata.normalize("NFD", "é") == "e\u0301" and unicodedata.name("é").startswith("LATIN")
## unittest
# - cases, and async ones
import unittest, io
class T(unittest.IsolatedAsyncioTestCase):
    async def test_a(self): self.assertEqual(1, 1)
    def test_b(self): self.fail("x")
r = unittest.TextTestRunner(io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(T)); assert (r.testsRun, len(r.failures)) == (2, 1)
## unittest.mock
# - mocks and patches
from unittest import mock
with mock.patch("os.getcwd", return_value="x"): import os; assert os.getcwd() == "x"
## urllib
# - the package
import urllib
## urllib.error
# - exceptions
import urllib.error
assert issubclass(urllib.error.HTTPError, OSError)
## urllib.parse
# - addresses
import urllib.parse as u
assert u.urlsplit("http://a/b?c=d").query == "c=d" and u.quote("é ") == "%C3%A9%20" and u.urljoin("http://a/b", "c") == "http://a/c"
## urllib.request
# - requests, data: URLs
import urllib.request
assert urllib.request.urlopen("data:,hi").read() == b"hi"
# - http
import urllib.request
urllib.request.urlopen("http://example.com")
## urllib.response
# - import
import urllib.response
assert urllib.response.addinfourl
## urllib.robotparser
# - rules
import urllib.robotparser
r = urllib.robotparser.RobotFileParser(); r.parse(["User-agent: *", "Disallow: /x"]); assert not r.can_fetch("a", "/x")
## usercustomize
# - not there, as anywhere without one
try: import usercustomize
except ModuleNotFoundError: pass
## uuid
# - all versions
import uuid
assert uuid.uuid4() != uuid.uuid4() and uuid.uuid7() and uuid.uuid5(uuid.NAMESPACE_DNS, "a").version == 5 and uuid.uuid1()
## venv
# - environments
import venv
## warnings
# - catch and filter
import warnings
with warnings.catch_warnings(record=True) as w: warnings.simplefilter("always"); warnings.warn("x"); assert len(w) == 1
## wave
# - sound files
import wave
with wave.open("a.wav", "wb") as w: w.setparams((1, 2, 8000, 0, "NONE", "")); w.writeframes(b"\0\0" * 5)
assert wave.open("a.wav").getnframes() == 5
## weakref
# - references, dicts, finalisers
import weakref
class C: pass
c = C(); a = []; weakref.finalize(c, a.append, 1); r = weakref.ref(c); del c; assert r() is None and a == [1]
## webbrowser
# - open a page
import webbrowser
assert webbrowser.open("http://example.com") is False
## winreg
# - Windows
import winreg
## winsound
# - Windows
import winsound
## wsgiref
# - call an application
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator
e = {}; setup_testing_defaults(e); assert e["REQUEST_METHOD"] == "GET"
## wsgiref.handlers
# - run an application
import wsgiref.handlers, io
o = io.BytesIO(); wsgiref.handlers.SimpleHandler(io.BytesIO(), o, io.StringIO(), {"REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.0"}).run(lambda e, s: (s("200 OK", []), [b"hi"])[1]); assert o.getvalue().endswith(b"hi")
## wsgiref.headers
# - headers
from wsgiref.headers import Headers
assert Headers([("A", "b")])["a"] == "b"
## wsgiref.simple_server
# - listen
from wsgiref.simple_server import make_server
make_server("", 8000, None)
## wsgiref.types
# - types
import wsgiref.types
assert wsgiref.types.WSGIApplication
## wsgiref.util
# - addresses
from wsgiref.util import request_uri
assert request_uri({"wsgi.url_scheme": "http", "HTTP_HOST": "a", "PATH_INFO": "/b"}) == "http://a/b"
## wsgiref.validate
# - check
from wsgiref.validate import validator
assert callable(validator(lambda e, s: []))
## xml
# - the package
import xml
## xml.dom
# - interfaces
import xml.dom
assert xml.dom.Node.ELEMENT_NODE == 1
## xml.dom.minidom
# - parse and print
from xml.dom import minidom
assert minidom.parseString("<a><b/></a>").documentElement.firstChild.tagName == "b"
## xml.dom.pulldom
# - events
from xml.dom import pulldom
assert [e for e, n in pulldom.parseString("<a/>")][:2] == ["START_DOCUMENT", "START_ELEMENT"]
## xml.etree.ElementTree
# - parse, find, write
import xml.etree.ElementTree as E
t = E.fromstring("<a><b c='1'>x</b></a>"); assert t.find("./b[@c='1']").text == "x" and E.tostring(t).startswith(b"<a>")
## xml.parsers.expat
# - events
import xml.parsers.expat
p = xml.parsers.expat.ParserCreate(); a = []; p.StartElementHandler = lambda n, x: a.append(n); p.Parse("<a/>", True); assert a == ["a"]
## xml.parsers.expat.errors
# - messages
from xml.parsers.expat import errors
assert errors.messages
## xml.parsers.expat.model
# - constants
from xml.parsers.expat import model
assert model.XML_CTYPE_EMPTY
## xml.sax
# - events
import xml.sax
class H(xml.sax.ContentHandler):
    def startElement(self, n, a): self.n = n
h = H(); xml.sax.parseString(b"<a/>", h); assert h.n == "a"
## xml.sax.handler
# - features
import xml.sax.handler
assert xml.sax.handler.feature_namespaces
## xml.sax.saxutils
# - escape
from xml.sax.saxutils import escape
assert escape("<") == "&lt;"
## xml.sax.xmlreader
# - sources
from xml.sax.xmlreader import InputSource
assert InputSource("x").getSystemId() == "x"
## xmlrpc.client
# - pack and unpack calls
import xmlrpc.client as x
assert x.loads(x.dumps((1,), "f")) == ((1,), "f")
## xmlrpc.server
# - answer a call in memory
from xmlrpc.server import SimpleXMLRPCDispatcher
import xmlrpc.client as x
d = SimpleXMLRPCDispatcher(); d.register_function(pow); assert x.loads(d._marshaled_dispatch(x.dumps((2, 3), "pow")))[0] == (8,)
## zipapp
# - an application in one file
import zipapp
write_text("a/__main__.py", "print(1)"); zipapp.create_archive("a", "a.pyz"); assert file_size("a.pyz") > 100
## zipfile
# - write, read, append
import zipfile
with zipfile.ZipFile("z.zip", "w", zipfile.ZIP_DEFLATED) as z: z.writestr("a/b.txt", "x" * 999)
with zipfile.ZipFile("z.zip", "a") as z: z.writestr("c", "")
assert zipfile.ZipFile("z.zip").read("a/b.txt") == b"x" * 999 and [p.name for p in zipfile.Path("z.zip").iterdir()] == ["c", "a"]
# - bzip2 and LZMA
import zipfile
zipfile.ZipFile("z", "w", zipfile.ZIP_BZIP2)
## zipimport
# - modules in archives
import sys, zipfile
with zipfile.ZipFile("z.zip", "w") as z: z.writestr("inz.py", "x = 1")
sys.path.insert(0, "z.zip"); import inz; assert inz.x == 1
## zlib
# - compress
import zlib
assert zlib.decompress(zlib.compress(b"x" * 999)) == b"x" * 999 and zlib.adler32(b"a")
## zoneinfo
# - the zones of tzdata
import zoneinfo, datetime
assert datetime.datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo("America/New_York")).utcoffset().total_seconds() == -14400 and len(zoneinfo.available_timezones()) > 500
