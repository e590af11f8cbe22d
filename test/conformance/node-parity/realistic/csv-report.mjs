// Data munging: CSV parsing, grouping, statistics, table
const csv = `region,product,units,price,date
North,"Widget, large",10,2.50,2024-01-03
South,Gadget,3,19.99,2024-01-15
North,Gadget,7,19.99,2024-02-01
East,"Say ""hi""",1,100,2024-02-11
South,Widget,12,2.25,2024-03-09
`;
function parseCsv(text) {
  const rows = []; let row = [], field = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) { if (c === '"') { if (text[i + 1] === '"') { field += '"'; i++; } else quoted = false; } else field += c; }
    else if (c === '"') quoted = true;
    else if (c === ',') { row.push(field); field = ''; }
    else if (c === '\n') { row.push(field); rows.push(row); row = []; field = ''; }
    else field += c;
  }
  return rows;
}
const [head, ...body] = parseCsv(csv);
const rows = body.map((r) => Object.fromEntries(head.map((h, i) => [h, h === 'units' || h === 'price' ? Number(r[i]) : h === 'date' ? new Date(r[i]) : r[i]])));
console.log(rows);
const by = Object.groupBy(rows, (r) => r.region);
console.log(by);
const stats = Object.entries(by).map(([region, list]) => ({ region, n: list.length, revenue: +list.reduce((s, r) => s + r.units * r.price, 0).toFixed(2), last: list.map((r) => r.date.toISOString().slice(0, 10)).sort().at(-1) }));
console.table(stats);
console.table(stats, ['region', 'revenue']);
console.log(stats.toSorted((a, b) => b.revenue - a.revenue).map((s) => `${s.region.padEnd(8)}${s.revenue.toLocaleString('en-US', { style: 'currency', currency: 'USD' }).padStart(12)}`).join('\n'));
console.log(new Map(Object.entries(by).map(([k, v]) => [k, new Set(v.map((r) => r.product))])));
