/** Folders of this machine that a program finds as copies, and what it changed in them on its way back. */
export { changesBelow } from './changes.ts';
export { type MountDefinition, parseMounts } from './definition.ts';
export { type HostFolder, readHostFolder } from './host-folder.ts';
export { workspaceWith } from './image.ts';
export { writeBack } from './write-back.ts';
