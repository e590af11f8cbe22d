export { default } from 'mustache';
