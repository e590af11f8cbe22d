import type { Command } from 'commander';
import { showFailure } from './show.ts';

/** Options of `golem-exec mcp`. */
export interface McpOptions {
  readonly http?: string;
  readonly tokenFile?: string;
  readonly allowHost?: readonly string[];
  readonly allowOrigin?: readonly string[];
  readonly dir?: string;
  readonly ttl?: string;
  readonly workers?: string;
  readonly printConfig?: string | true;
}

const help = `
Examples:
  $ golem-exec mcp --print-config
  $ golem-exec mcp --print-config vscode --http 8090
  $ golem-exec mcp
  $ EXEC_MCP_TOKEN=... golem-exec mcp --http 8090
  $ golem-exec mcp --http 0.0.0.0:8090 --token-file ./token --allow-host sandbox.example

Without --http it serves the one client that started it, on standard input and output. Sessions that a client makes are
where those of "golem-exec session" are; over HTTP each connection has a folder of its own, which goes with it.
Off 127.0.0.1 a token is needed: EXEC_MCP_TOKEN or --token-file.`;

/** What `--print-config` knows; the server itself, which has the forms, is not loaded for a help text. */
const clients = 'claude-code (the default), claude-desktop, cline, cursor, gemini, vscode, windsurf, zed';

/** Adds `golem-exec mcp`. The server and its libraries are loaded when it is started. */
export function addMcpCommand(program: Command, version: string): void {
  const several = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];
  program
    .command('mcp')
    .summary('serve agents over the Model Context Protocol')
    .description('Serve agents over the Model Context Protocol: on standard input and output, or over HTTP.')
    .option('--http <[HOST:]PORT>', 'serve streamable HTTP at http://HOST:PORT/mcp (127.0.0.1 without HOST)')
    .option('--token-file <FILE>', 'a file with the token that HTTP clients must show (default: EXEC_MCP_TOKEN)')
    .option('--allow-host <NAME>', 'a further host name that HTTP requests may be addressed to', several)
    .option('--allow-origin <ORIGIN>', 'a web origin whose pages may send HTTP requests', several)
    .option('--dir <FOLDER>', 'where the sessions are (default: EXEC_SESSIONS_DIR, else application data)')
    .option(
      '--ttl <TIME>',
      'how long a session lives without being used, such as 24h or never (default: EXEC_SESSIONS_TTL_MS, else 24 hours)',
    )
    .option('--workers <N>', 'the most worker threads (default: one for each core)')
    .option(
      '--print-config [CLIENT]',
      `print what a client's configuration file wants for this server, and end: ${clients}`,
    )
    .addHelpText('after', help)
    .action(async (options: McpOptions) => {
      try {
        const { printConfig, serveMcp } = await import('./mcp-serve.ts');
        if (options.printConfig !== undefined) await printConfig(options.printConfig, options);
        else await serveMcp(options, version);
      } catch (error) {
        process.exitCode = showFailure(error, false);
      }
    });
}
