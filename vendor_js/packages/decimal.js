export { default } from 'decimal.js';
