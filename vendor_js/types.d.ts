declare module 'dayjs/esm/plugin/*' {
  const plugin: import('dayjs').PluginFunc;
  export default plugin;
}
