/** For `readable-stream`, which asks for these only where the web's own are missing. */
export const { AbortController, AbortSignal } = globalThis as unknown as Record<string, unknown>;
