/**
 * The JavaScript runtime: everything that programs see beyond the language. It is evaluated once, while the component
 * is built, and frozen into its image; nothing here may ask the host for anything before `hooks.start`.
 */
import './random.ts';
import './hardening.ts';
import './globals.ts';
import './intl/install.ts';
import './helpers.ts';
import './node/events/index.ts';
import './node/index.ts';
import './node/modules.ts';

export { hooks } from './hooks.ts';
