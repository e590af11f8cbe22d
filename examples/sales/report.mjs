// Prints a sales report: orders by region and product, with totals and the best month.
//
//   node report.mjs [sales.csv] [< file with a title line]
//
// The environment variable CURRENCY names the currency (EUR). Exits with 2 when there is nothing to report on.

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { CsvError, parseRows } from './lib/csv.mjs';
import { bestMonth, groupBy, summarize } from './lib/stats.mjs';

const columns = ['date', 'region', 'product', 'quantity', 'unit_price'];
const datePattern = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;
const quantityPattern = /^-?[0-9]{1,12}$/;
const pricePattern = /^([0-9]{1,12})(?:\.([0-9]{1,2}))?$/;

/** There is nothing to report on; the message says why. */
class ReportError extends Error {}

/** The order of one CSV row, or null when a field that the report needs is missing or malformed. */
function parseOrder([date = '', region = '', product = '', quantity = '', price = '']) {
  const match = pricePattern.exec(price);
  if (!datePattern.test(date) || !region || !product || !quantityPattern.test(quantity) || match === null) return null;
  const units = BigInt(quantity);
  const unitCents = BigInt(match[1]) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
  return { month: date.slice(0, 7), region, product, units, cents: units * unitCents };
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new ReportError(`cannot read ${path}: ${error.code ?? 'unknown error'}`);
  }
}

/** The valid orders of a file, and how many rows were skipped. */
function readOrders(path) {
  const orders = [];
  let skipped = 0;
  const rows = parseRows(readText(path));
  try {
    const header = rows.next().value ?? [];
    const positions = columns.map((name) => header.lastIndexOf(name));
    const missing = positions.indexOf(-1);
    if (missing !== -1) throw new ReportError(`${path} has no column ${columns[missing]}`);
    for (const row of rows) {
      if (row.length === 0) continue;
      const order = parseOrder(positions.map((position) => row[position]));
      if (order === null) skipped++;
      else orders.push(order);
    }
  } catch (error) {
    throw error instanceof CsvError ? new ReportError(`${path} is ${error.message}`) : error;
  }
  if (orders.length === 0) throw new ReportError(`${path} has no valid row`);
  return { orders, skipped };
}

/** The first line of stdin; a terminal is not waited for. */
function readTitle() {
  const text = process.stdin.isTTY ? '' : readFileSync(0, 'utf8');
  return text.split('\n', 1)[0].replace(/\r+$/, '') || 'Sales report';
}

function grouped(number) {
  return String(number).replace(/\B(?=([0-9]{3})+$)/g, ',');
}

function money(cents) {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

function figures({ orders, units, revenue, mean, median, p95 }) {
  return [grouped(orders), grouped(units), ...[revenue, mean, median, p95].map(money)];
}

/** Length in characters; `length` counts UTF-16 units. */
function width(text) {
  return [...text].length;
}

/** Lines of text: the first two columns left-aligned, the others right-aligned. */
function table(orders) {
  const rows = [['Region', 'Product', 'Orders', 'Units', 'Revenue', 'Mean', 'Median', 'P95']];
  for (const [region, ofRegion] of groupBy(orders, (order) => order.region)) {
    for (const [product, group] of groupBy(ofRegion, (order) => order.product)) {
      rows.push([region, product, ...figures(summarize(group))]);
    }
  }
  rows.push(['Total', '', ...figures(summarize(orders))]);
  const widths = rows[0].map((_, index) => Math.max(...rows.map((row) => width(row[index]))));
  const lines = rows.map((row) =>
    row
      .map((cell, index) => {
        const space = ' '.repeat(widths[index] - width(cell));
        return index < 2 ? cell + space : space + cell;
      })
      .join('  '),
  );
  const rule = widths.map((count) => '-'.repeat(count)).join('  ');
  return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1)];
}

function main([path = 'sales.csv', ...others]) {
  if (others.length > 0) throw new ReportError(`one file at a time, not also ${others[0]}`);
  const currency = process.env.CURRENCY || 'EUR';
  const { orders, skipped } = readOrders(path);
  const title = readTitle();
  const refunds = orders.filter((order) => order.units < 0n).length;
  const { month, revenue } = bestMonth(orders);
  console.log(title);
  console.log('='.repeat(width(title)));
  console.log(`\nAmounts in ${currency}\n`);
  console.log(table(orders).join('\n'));
  console.log(
    `\nOrders: ${grouped(orders.length)} counted (${grouped(refunds)} of them refunds), ${grouped(skipped)} skipped`,
  );
  console.log(`Best month: ${month} with ${money(revenue)} ${currency}`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ReportError)) throw error;
  console.error(`report: ${error.message}`);
  process.exitCode = 2;
}
