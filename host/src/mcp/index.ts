/** The MCP server: `golem-exec mcp`, and for programs that serve it themselves. For Node. */
export { Guard, type GuardOptions, isLoopback, type Refusal } from './guard.ts';
export { type HttpOptions, type HttpServer, serveHttp } from './http.ts';
export { type Connection, ServerFactory, type ServerParts } from './server.ts';
export { serveStdio } from './stdio.ts';
export type { PackageSource } from './tools/runtimes.ts';
