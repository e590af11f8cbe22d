export { default } from 'mime';
