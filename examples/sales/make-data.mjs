// Writes the sample data to stdout, the same bytes on every machine:
//
//   node make-data.mjs > sales.csv

const rowCount = 6000;
const regions = ['Nord', 'Süd', 'Ost', 'West', 'Zürich', 'Île-de-France'];

// [name, price in cents]
const products = [
  ['Espresso, ganze Bohne', 1290],
  ['Becher "Größe L"', 895],
  ['Filterpapier 1×4', 349],
  ['Mühle', 8450],
  ['Öl für Mühlen', 1599],
  ['Teekanne', 2700],
];

const notes = [
  'Geschenk',
  'gift wrap, please 🎁',
  'Kunde sagt: "eilig"',
  'Lieferung an Müller & Söhne, Tor 3',
  'leave at the door,\nring twice',
];

// mulberry32: 32-bit integer arithmetic only, hence no rounding that a machine could do differently.
let state = 20250101;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let bits = Math.imul(state ^ (state >>> 15), state | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return (bits ^ (bits >>> 14)) >>> 0;
}

/** A whole number from 0 to `end` - 1. */
function below(end) {
  return random() % end;
}

function pick(list) {
  return list[below(list.length)];
}

/** A day of 2025; about a third of the orders crowd into its last 90 days. */
function someDate() {
  const day = below(3) === 0 ? 275 + below(90) : below(365);
  return new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
}

/** Prices are written the way people write them: 12.50, 12.5 and 12. */
function price(cents) {
  const text = `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  return below(2) === 0 ? text.replace(/\.?0+$/, '') : text;
}

function field(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function row(index) {
  const [product, cents] = pick(products);
  const isRefund = below(50) === 0;
  const hasPrice = below(170) !== 0;
  const paid = cents - below(Math.trunc(cents / 5));
  const quantity = 1 + below(below(4) === 0 ? 40 : 6);
  const note = isRefund ? 'Rückgabe, "beschädigt"' : below(12) === 0 ? pick(notes) : '';
  return [
    String(100000 + index),
    someDate(),
    pick(regions),
    product,
    String(isRefund ? -quantity : quantity),
    hasPrice ? price(paid) : '',
    note,
  ];
}

const lines = ['order_id,date,region,product,quantity,unit_price,note'];
for (let index = 0; index < rowCount; index++) lines.push(row(index).map(field).join(','));
process.stdout.write(`${lines.join('\n')}\n`);
