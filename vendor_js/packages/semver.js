export { default } from 'semver';
