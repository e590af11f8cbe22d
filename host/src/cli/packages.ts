import { type Command, Option } from 'commander';
import type { LanguageKind } from '../types.ts';
import type { VendoredPackage } from '../vendor/index.ts';
import { showFailure, showJson, table, write } from './show.ts';

/** Adds `golem-exec packages`. */
export function addPackagesCommand(program: Command): void {
  program
    .command('packages')
    .summary('list the packages that programs can import')
    .description('List the packages that programs of each language can import without installing anything.')
    .addOption(new Option('--lang <language>', 'only those of one language').choices(['js', 'python']))
    .option('--json', 'print one line of JSON, with everything that is known of each')
    .addHelpText('after', '\nExamples:\n  $ golem-exec packages\n  $ golem-exec packages --lang python --json')
    .action(async ({ lang, json = false }: { readonly lang?: 'js' | 'python'; readonly json?: boolean }) => {
      try {
        const { readPackages } = await import('../node/packages.ts');
        const wanted: LanguageKind | undefined = lang === 'js' ? 'javascript' : lang;
        const packages = (await readPackages()).filter(({ language }) => wanted === undefined || language === wanted);
        if (json) showJson({ ok: true, result: { packages } });
        else await write(process.stdout, textOf(packages));
      } catch (error) {
        process.exitCode = showFailure(error, json);
      }
    });
}

function textOf(packages: readonly VendoredPackage[]): string {
  const rows = packages.map(({ language, name, version, category, fuelFirstImport, importPattern }) => [
    ...[language, name, version, category],
    `${(fuelFirstImport / 1e6).toFixed(0)} M`,
    importPattern,
  ]);
  return table([['language', 'package', 'version', 'category', 'fuel', 'import'], ...rows]);
}
