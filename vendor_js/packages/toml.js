export { parse, stringify, TomlDate, TomlError } from 'smol-toml';
