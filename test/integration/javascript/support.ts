import type { ExecRequest } from 'golem-exec';
import { type Ended, endOf, lendExecutor, type RowOf } from '../support.ts';

export { type Ended, testRows } from '../support.ts';

type Rest = Partial<ExecRequest> & { readonly name?: string };
export type Row = RowOf<Rest>;

/** Lends the tests of a file one executor with one worker; a program is `/app/main.mjs` unless `name` says otherwise. */
export function useExecutor(): (content: string, rest?: Rest) => Promise<Ended> {
  const executor = lendExecutor();
  return async (content, { name = 'main.mjs', ...rest } = {}) => {
    const files = [{ name, content }, ...(rest.files ?? [])];
    const { fuel, ...ended } = await endOf(executor(), { ...rest, language: 'javascript', files });
    return ended;
  };
}
