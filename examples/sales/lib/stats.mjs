// Figures of a set of orders. Money is whole cents in BigInt, so that no step rounds but the ones named here and
// no sum is too large.
//
// An order is { month: 'YYYY-MM', region, product, units, cents }: units and cents are negative for a refund.

/** Compares strings by code points; `<` would compare UTF-16 units. */
export function compareText(left, right) {
  const others = right[Symbol.iterator]();
  for (const character of left) {
    const other = others.next();
    if (other.done) return 1;
    if (character !== other.value) return character.codePointAt(0) - other.value.codePointAt(0);
  }
  return others.next().done ? 0 : -1;
}

function compareNumbers(left, right) {
  return left < right ? -1 : left > right ? 1 : 0;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0n);
}

/** The quotient rounded to the nearest whole number, halves towards positive infinity. The divisor is positive. */
export function divideHalfUp(dividend, divisor) {
  const numerator = 2n * dividend + divisor;
  const denominator = 2n * divisor;
  const quotient = numerator / denominator; // rounded towards zero
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

function median(ordered) {
  const middle = Math.trunc(ordered.length / 2);
  return ordered.length % 2 === 1 ? ordered[middle] : divideHalfUp(ordered[middle - 1] + ordered[middle], 2n);
}

/** Nearest rank: the smallest value that at least `percent` per cent of the values do not exceed. */
function percentile(ordered, percent) {
  const rank = Math.trunc((percent * ordered.length + 99) / 100);
  return ordered[rank - 1];
}

export function summarize(orders) {
  const values = orders.map((order) => order.cents).sort(compareNumbers);
  const revenue = sum(values);
  return {
    orders: values.length,
    units: sum(orders.map((order) => order.units)),
    revenue,
    mean: divideHalfUp(revenue, BigInt(values.length)),
    median: median(values),
    p95: percentile(values, 95),
  };
}

/** [key, orders] pairs in the order of their keys. */
export function groupBy(orders, keyOf) {
  const groups = new Map();
  for (const order of orders) {
    const key = keyOf(order);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [order]);
    else group.push(order);
  }
  return [...groups].sort(([left], [right]) => compareText(left, right));
}

/** The month with the highest revenue, the earliest of equals. */
export function bestMonth(orders) {
  return groupBy(orders, (order) => order.month)
    .map(([month, group]) => ({ month, revenue: sum(group.map((order) => order.cents)) }))
    .reduce((best, item) => (item.revenue > best.revenue ? item : best));
}
