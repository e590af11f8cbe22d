import { consolePrograms } from './console.ts';
import { errorPrograms } from './errors.ts';
import { filePrograms } from './files.ts';
import { languagePrograms } from './language.ts';
import { loopPrograms } from './loop.ts';
import { messagePrograms } from './messages.ts';
import { modulePrograms } from './modules.ts';
import { nodePrograms } from './node.ts';
import { processPrograms } from './process.ts';
import { webcryptoPrograms } from './webcrypto.ts';

/** Small programs by area, each under a name of its own. */
export const areas: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  console: consolePrograms,
  errors: errorPrograms,
  files: filePrograms,
  language: languagePrograms,
  loop: loopPrograms,
  messages: messagePrograms,
  modules: modulePrograms,
  node: nodePrograms,
  process: processPrograms,
  'crypto.subtle': webcryptoPrograms,
};
