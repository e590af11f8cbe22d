/** Blob, File and FormData. */
export { Blob, blobBytes, File, isBlob, isFile, ownedBlob, ownedFile, streamOfBytes } from '../web/files/blob.ts';
export { FormData, formEntries, isFormData } from '../web/files/form-data.ts';
export { decodeForm, encodeForm, newBoundary } from '../web/files/multipart.ts';
