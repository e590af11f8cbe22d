export { default } from 'fraction.js';
