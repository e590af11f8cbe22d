import { systemError } from '../../errors.ts';

/** Throws Node's error for a native's answer that is a failure. */
export function check(result: number, syscall: string, path?: string, dest?: string): void {
  if (result < 0) throw systemError(result, syscall, path, dest);
}
