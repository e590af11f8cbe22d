import { typeError } from '../errors.ts';

/** The same for the classes of files. */
export function invalidThis(name: string): Error {
  return typeError('ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);
}

/** What a method of a fetch class throws when it is called on something else. */
export function illegalInvocation(): Error {
  return typeError('ERR_INVALID_THIS', 'Illegal invocation');
}
