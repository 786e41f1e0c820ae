import { OPTION_SPECS, type OptionSpec } from '../../dist/option-specs.js';
import { environmentName } from '../../dist/option-variables.js';

/** The README's table of options, from the one table in the code. */
export function optionsTable(): string {
  const rows = OPTION_SPECS.map((spec) => {
    const cells = [
      `\`${spec.path}\``,
      bounds(spec),
      standard(spec),
      `\`${environmentName(spec.path)}\``,
      spec.what,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| option | type and bounds | default | variable | what it does |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function bounds({ type, unit, min, max }: OptionSpec): string {
  if (typeof type === 'object') return type.map((word) => `\`${word}\``).join(', ');
  if (type === 'integers') return 'a list of whole numbers';
  if (min === undefined || max === undefined) return type;
  return `${min.toLocaleString('en')} to ${max.toLocaleString('en')}${unit ? ` ${unit}` : ''}`;
}

function standard({ path, type, default: value }: OptionSpec): string {
  if (type === 'integers') return 'all';
  // The same on every machine, unlike the number itself.
  if (path === 'pool.maxThreads') return 'cores less 1, 1 to 4';
  if (value === undefined) return '1';
  if (value === '') return 'empty';
  return typeof value === 'number' ? value.toLocaleString('en') : `\`${value}\``;
}
