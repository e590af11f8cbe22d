/** The package has no types: its default export is the path of the executable for this platform. */
declare module '@bytecodealliance/wizer' {
  const executable: string;
  export default executable;
}
