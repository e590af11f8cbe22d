import { define } from '../primordials.ts';
import { combinedOs } from './os.ts';
import { std } from './std.ts';

// As globals too: programs written for QuickJS's command expect them there.
define(globalThis, 'std', std, false);
define(globalThis, 'os', combinedOs, false);
