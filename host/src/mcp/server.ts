import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Executor } from '../executor/index.ts';
import type { KnownPackages } from '../guidance/index.ts';
import type { SessionStore } from '../store/index.ts';
import { Client } from './client.ts';
import { addResources } from './resources.ts';
import { Runtimes } from './runtimes.ts';
import { addExecution } from './tools/execute.ts';
import { addFiles } from './tools/files.ts';
import { addGuidance } from './tools/guidance.ts';
import { addRuntimes, type PackageSource } from './tools/runtimes.ts';
import { addSessions } from './tools/sessions.ts';

/** What all connections of a server share. */
export interface ServerParts {
  readonly version: string;
  readonly executor: Executor;
  readonly packages: PackageSource;
  /** Is told of errors that are faults of the server, not of a program or a call. */
  readonly onFault?: (error: unknown) => void;
}

/** One connection: its server, and all that belongs to its client. */
export interface Connection {
  readonly server: McpServer;
  readonly client: Client;
  close(): Promise<void>;
}

const instructions = `Runs Python and JavaScript in a WebAssembly sandbox. execute_code runs a program; files in /app stay from call to call. Print results. There is no network. After a failure follow structured_content.actionable_guidance. For work of several steps, or heavy packages, create_session first.`;

/** Makes the server of one connection. */
export class ServerFactory {
  readonly #parts: ServerParts;
  readonly #runtimes: Runtimes;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#runtimes = new Runtimes(parts.executor);
  }

  /** @param store the sessions of this client; nobody else's. */
  connection(store: SessionStore): Connection {
    const { version, executor, packages, onFault } = this.#parts;
    const known = async (): Promise<KnownPackages | undefined> => {
      const all = await packages.all();
      if (all === undefined) return undefined;
      return {
        python: all.filter(({ language }) => language === 'python'),
        javascript: all.filter(({ language }) => language === 'javascript'),
      };
    };
    const client = new Client({ executor, store, packages: known, onFault });
    const server = new McpServer({ name: 'golem-exec', title: 'golem-exec', version }, { instructions });
    addExecution(server, client);
    addSessions(server, client);
    addFiles(server, client);
    addRuntimes(server, client, this.#runtimes, packages);
    addGuidance(server, client);
    addResources(server, client);
    return {
      server,
      client,
      close: async () => {
        await client.close();
        await server.close();
      },
    };
  }

  /** Loads both languages, so that the first program does not wait for it. */
  async warm(): Promise<void> {
    await Promise.all(
      (['python', 'javascript'] as const).map((language) => this.#runtimes.facts(language).catch(() => undefined)),
    );
  }
}
