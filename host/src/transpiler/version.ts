/** Version of what the transpiler makes of a component; part of the key under which its output is kept. */
export const transpilerVersion = 'jco-transpile 0.15.0, adapted 6, metered 5';
