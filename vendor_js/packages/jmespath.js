export { default } from 'jmespath';
