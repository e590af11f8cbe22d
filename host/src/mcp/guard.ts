import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { InvalidRequestError } from '../errors.ts';

/** Who may talk to the server over HTTP. */
export interface GuardOptions {
  /** The address that the server listens on. */
  readonly host: string;
  /** What a client must show as `Authorization: Bearer …`. */
  readonly token?: string | undefined;
  /** Host names beside the server's own that requests may be addressed to. */
  readonly allowedHosts?: readonly string[];
  /** Origins of web pages that may send requests, such as `https://example.org`. None when absent. */
  readonly allowedOrigins?: readonly string[];
}

/** Why a request is refused. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

/**
 * Decides over requests by their headers, before anything of them is read: a page in the user's browser may send requests to a server
 * of this machine, also by a name that leads here (DNS rebinding).
 */
export class Guard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  readonly #token: Buffer | undefined;

  /** @throws {InvalidRequestError} for an address that others can reach, without a token. */
  constructor({ host, token, allowedHosts = [], allowedOrigins = [] }: GuardOptions) {
    const local = isLoopback(host);
    if (!local && token === undefined) {
      throw new InvalidRequestError(
        'http',
        `${host} can be reached by others: set a token (EXEC_MCP_TOKEN or --token-file), or listen on 127.0.0.1`,
      );
    }
    if (token !== undefined && token.length < 16) {
      throw new InvalidRequestError('token', 'expected at least 16 characters; take random ones');
    }
    const named = host === '0.0.0.0' || host === '::' ? [] : [host];
    this.#hosts = new Set(
      [...(local ? ['localhost', '127.0.0.1', '::1'] : []), ...named, ...allowedHosts].map((name) =>
        name.toLowerCase(),
      ),
    );
    this.#origins = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));
    this.#token = token === undefined ? undefined : digest(token);
  }

  /** Nothing when the request may pass. */
  refusal({ headers }: Pick<IncomingMessage, 'headers'>): Refusal | undefined {
    const host = hostName(headers.host);
    if (host === undefined || !this.#hosts.has(host)) {
      return {
        status: 403,
        message: 'the Host header names another host; the server can be told of further ones with --allow-host',
      };
    }
    const { origin } = headers;
    if (origin !== undefined && !this.#origins.has(origin.toLowerCase())) {
      return {
        status: 403,
        message: 'requests of web pages of this origin are not allowed; --allow-origin allows them',
      };
    }
    if (this.#token === undefined) return undefined;
    const [, shown] = /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? '') ?? [];
    if (shown !== undefined && timingSafeEqual(digest(shown), this.#token)) return undefined;
    return { status: 401, message: 'the request must show the token: Authorization: Bearer TOKEN' };
  }
}

/** The comparison of two digests takes as long for every token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The name in a Host header, without the port and an address's brackets. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(header ?? '');
  return match?.[1]?.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (!isIPv6(host) && /^127(\.\d{1,3}){3}$/.test(host));
}
