/**
 * The JavaScript runtime: everything that programs see beyond the language. It is evaluated once, while the component
 * is built, and frozen into its image; nothing here may ask the host for anything before `hooks.start`.
 */
import './random.ts';
import './hardening.ts';
import './globals.ts';
import './intl/install.ts';
import './helpers.ts';
import './node/assert.ts';
import './node/events.ts';
import './node/buffer.ts';
import './node/fs/index.ts';
import './node/path.ts';
import './node/os.ts';
import './node/util.ts';
import './node/process.ts';
import './node/readline.ts';
import './node/timers.ts';
import './node/modules.ts';
import './quickjs/index.ts';

export { hooks } from './hooks.ts';
