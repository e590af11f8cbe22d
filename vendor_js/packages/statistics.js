export * from 'simple-statistics';
