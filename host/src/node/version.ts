/** The oldest Node that this runs on, as package.json's `engines` has it. */
const oldest = [22, 12] as const;

/** @returns what to tell who runs a Node that is too old, else nothing. */
export function nodeTooOld(): string | undefined {
  const version = process.versions.node;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `golem-exec needs Node.js ${oldest.join('.')} or newer, and this is ${version}: install a newer one, or start it with that one's path`;
}
