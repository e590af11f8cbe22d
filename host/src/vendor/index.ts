/** The packages that are lent to programs: what they are, and the file each language's are packed into. */
export { mountPoints, type PackageDraft, type PackageMethod, parsePackages, type VendoredPackage } from './manifest.ts';
export { headerBytes, type PackHeader, readHeader, writePack } from './pack.ts';
export { openPack, type ReadPack, type SharedPack } from './shared.ts';
