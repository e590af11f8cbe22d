export * from 'js-yaml';
