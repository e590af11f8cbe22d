/**
 * What a model reads to choose a tool and to use it well: at most 2,000 characters each, true of this system. A snapshot
 * test shows every change.
 *
 * DEVIATION D25: relative paths are fine and packages are on the path, whatever the requirement text says.
 */
export const descriptions = {
  execute_code: `Run a Python or JavaScript program in a WebAssembly sandbox and get its output.

Use for: calculations, data and text processing, reading and writing files, checking an idea. Not for: network access, starting processes or threads, native packages (numpy, pandas): none of them exist here.

- Results are what the program prints: print() in Python, console.log() in JavaScript. The last expression alone shows nothing. Long output is cut in the middle here: print little, write much to a file.
- Each call is a fresh interpreter. Files in /app stay for the session's next call; variables only in a session made with auto_persist_globals.
- Paths: relative ones are in /app; nothing outside of /app, /tmp and the packages exists.
- Packages are on the path already: import openpyxl; const csv = requireVendor('csv'). See list_available_packages.
- Defaults: 10 billion fuel, 128 MB, 30 seconds. structured_content.fuel_analysis tells how much was used; above 75% give the next such program more with create_session(fuel_budget=...).

Patterns: one-off: print(sum(range(101))). Files: import json; print(json.load(open('data.json'))). JavaScript files: console.log(readJson('config.json').mode). Stateful: create_session(auto_persist_globals=true), then counter = globals().get('counter', 0) + 1 with its session_id.

Common pitfalls:
- FileNotFoundError: the file is in another session or was never sent: upload_file, list_files.
- OutOfFuel: an endless loop or heavy packages: do less, or create_session(fuel_budget=20000000000).
- TypeError in JavaScript after os.readdir, stat, realpath: they return [result, error]: const [names, error] = os.readdir('/app').
- ModuleNotFoundError: the package is not among those available; nothing can be installed.

After a failure structured_content has error_type, actionable_guidance and code_examples: follow them. Files that a program made come as resource links, images as images.`,

  create_session: `Make a session: a workspace (/app) of its own on disk, with its own fuel and memory, and variables kept between programs if asked for.

Use the default session (leave session_id out in execute_code) for: one-off programs, independent calculations, quick tests, work that needs no more than 10 billion fuel and 128 MB.

Create a session for:
- work of several turns that builds on variables: auto_persist_globals=true
- several related files in sequence
- heavy packages or large data: fuel_budget=20000000000, memory_bytes=268435456
- tests that must not touch other files
- work that goes on later: sessions live on disk and expire 24 hours after their last use unless the server is set otherwise.

auto_persist_globals keeps Python's global variables, or in JavaScript the properties of _state, as far as JSON can hold them (dates, sets, bytes and tuples too). Good for counters, accumulators, workflow state. Not for large objects (over 1 MB), functions, modules or instances of classes; metadata.state_skipped names what could not be kept. Begin with counter = globals().get('counter', 0), or _state.counter ??= 0.

Names: telling ones such as 'sales-2026' or 'test-csv-parser'; letters, digits and hyphens. One session runs one language. Reuse a session for all steps of a piece of work; destroy_session when it is done.

Examples: create_session(language='python', auto_persist_globals=true) for an agent's turns; create_session(language='python', fuel_budget=20000000000) for Excel files; create_session(language='javascript', session_id='test-csv-parser') to keep a test apart.`,

  list_runtimes: `Tell what the two languages offer here: the engine and its version (as the engine itself says), what each capability means, modules, the number and names of vendored packages, helper functions, notes on the API, and the default limits.

Use before the first program in a language, or to choose one. Python: CPython 3.14, the larger library, documents (Excel, PDF), text, mathematics. JavaScript: QuickJS-ng, starts faster, JSON and text; QuickJS's std and os are global. For the functions of JavaScript's packages use list_javascript_capabilities, for packages of both list_available_packages.`,

  list_available_packages: `List the packages that programs can import without installing anything, by language and category: name, version, description, import pattern, use cases, example, and the fuel that the first import takes (measured when this build was made; a second import in the same program is nearly free).

Use before writing code that needs a package, and after a MissingVendoredPackage error. Nothing can be installed; native packages (numpy, pandas, lxml) cannot run here. Python packages are on the path (sys.path.insert(0, '/data/site-packages') is not needed and does no harm); JavaScript's come with requireVendor('name') or import x from 'vendor:name'. Add up the fuel of what a program imports to choose fuel_budget.`,

  list_javascript_capabilities: `List what JavaScript programs have here: functions of QuickJS's std and os modules, node: modules, vendored packages with the signatures of their functions, helper functions, globals, and notes.

Use before JavaScript that works with files or packages. Remember: os.readdir, stat, lstat, readlink, realpath and getcwd return [result, error]; std.open and std.loadFile return null on failure; csv.parse gives objects by the names in the header.`,

  get_workspace_info: `Look into a session: its language, limits, dates, files with their sizes, whether variables are kept, and how many programs ran.

Use to debug (is the file there? which session has it?), before reset_workspace or destroy_session, and when a run failed with FileNotFound. files and bytes count everything; file_list has the first 200 entries: list_files has more. has_saved_state is true when variables of an earlier program will be there in the next one. running above 0: a program is still at work, cancel_execution stops it.`,

  reset_workspace: `Delete all files of a session, and the variables kept with auto_persist_globals. This cannot be undone: download_file what is still needed first.

The session itself stays: its name, language, fuel_budget, memory_bytes and auto_persist_globals. Use for a fresh start under the same name. To give up a session altogether use destroy_session; for a second workspace beside it use create_session.`,

  get_execution_guidance: `Analyse code without running it: what it does (files, loops, packages, state), the fuel to expect, whether it needs a session of its own and with which settings, what will fail, and what to change.

Use before long, unfamiliar or expensive code, or after a failure to check a correction. The code is read by a real parser of its language, so a syntax error is found with its line. context says what the code is for: 'multi-turn data analysis', 'one-off Excel processing'. recommended_config can be given to create_session as it is.`,

  destroy_session: `Remove a session with all its files and variables; programs that still run in it are stopped. This cannot be undone. The default session cannot be removed: it is emptied. Use when a piece of work is done; sessions that are not used expire by themselves.`,

  list_sessions: `List the sessions of this client: language, limits, dates, number and size of files, and for one that cannot be used the reason (expired, damaged). Use to find the session of earlier work before creating another, and to clean up.`,

  upload_file: `Write a file into a session's workspace, for programs to read; parent folders are made, a file of that name is replaced. Text as it is, bytes as base64. Use for data that is too large for code, and for modules that programs import by name.`,

  download_file: `Read a file of a session: text where it is valid UTF-8, else base64. Use for results that a program wrote. Large files are better read as resources (the links in execute_code's results) or cut down by a program first.`,

  list_files: `List all files and folders of a session's workspace, or below one of its folders, with sizes and times: at most 1,000 entries. Use to find out what programs left, and why a path is not found.`,

  cancel_execution: `Stop the programs that run, or wait, in a session: the interpreter is halted within milliseconds. Their execute_code calls answer at once with what was printed so far and error_type Cancelled. Files they wrote stay; the session is usable at once.`,

  get_metrics: `Report on this connection: programs run and their success rate, failures by class with the latest message and what to do (error_patterns), use of fuel and the programs that took the most (fuel_hot_spots), tools called. Use to see what keeps going wrong, and whether budgets fit: an average utilization of 40-60% is a good one.`,
} as const;

export type ToolName = keyof typeof descriptions;
