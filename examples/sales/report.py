"""Prints a sales report: orders by region and product, with totals and the best month.

    python report.py [sales.csv] [< file with a title line]

The environment variable CURRENCY names the currency (EUR). Exits with 2 when there is nothing to report on.
"""

import argparse
import csv
import errno
import os
import re
import sys

from lib import best_month, group_by, summarize
from lib.stats import Order

COLUMNS = ("date", "region", "product", "quantity", "unit_price")
DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
QUANTITY = re.compile(r"-?[0-9]{1,12}")
PRICE = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?")


class ReportError(Exception):
    """There is nothing to report on; the text says why."""


def parse_order(row):
    """The order of one CSV row, or None when a field that the report needs is missing or malformed."""
    date, region, product, quantity, price = (row[name] or "" for name in COLUMNS)
    match = PRICE.fullmatch(price)
    if not (DATE.fullmatch(date) and region and product and QUANTITY.fullmatch(quantity) and match):
        return None
    units = int(quantity)
    unit_cents = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    return Order(date[:7], region, product, units, units * unit_cents)


def read_orders(path):
    """The valid orders of a file, and how many rows were skipped."""
    orders, skipped = [], 0
    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            try:
                for name in COLUMNS:
                    if name not in (rows.fieldnames or ()):
                        raise ReportError(f"{path} has no column {name}")
                for row in rows:
                    order = parse_order(row)
                    if order is None:
                        skipped += 1
                    else:
                        orders.append(order)
            except csv.Error:
                raise ReportError(f"{path} is not valid CSV, see line {rows.reader.line_num}") from None
    except OSError as error:
        code = errno.errorcode.get(error.errno, "unknown error")
        raise ReportError(f"cannot read {path}: {code}") from None
    if not orders:
        raise ReportError(f"{path} has no valid row")
    return orders, skipped


def read_title():
    """The first line of stdin; a terminal is not waited for."""
    line = b"" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer.readline()
    return line.decode("utf-8", "replace").rstrip("\r\n") or "Sales report"


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02}"


def figures(summary):
    amounts = (summary.revenue, summary.mean, summary.median, summary.p95)
    return [f"{summary.orders:,}", f"{summary.units:,}", *map(money, amounts)]


def table(orders):
    """Lines of text: the first two columns left-aligned, the others right-aligned."""
    rows = [["Region", "Product", "Orders", "Units", "Revenue", "Mean", "Median", "P95"]]
    for key, group in group_by(orders, lambda order: (order.region, order.product)):
        rows.append([*key, *figures(summarize(group))])
    rows.append(["Total", "", *figures(summarize(orders))])
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = []
    for row in rows:
        cells = [cell.ljust(w) if index < 2 else cell.rjust(w) for index, (cell, w) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells))
    rule = "  ".join("-" * width for width in widths)
    return [lines[0], rule, *lines[1:-1], rule, lines[-1]]


def main():
    parser = argparse.ArgumentParser(description="Prints a sales report.")
    parser.add_argument("path", nargs="?", default="sales.csv", help="CSV file (default: %(default)s)")
    path = parser.parse_args().path
    currency = os.environ.get("CURRENCY") or "EUR"
    try:
        orders, skipped = read_orders(path)
    except ReportError as error:
        print(f"report: {error}", file=sys.stderr)
        return 2
    title = read_title()
    refunds = sum(order.units < 0 for order in orders)
    month, revenue = best_month(orders)
    print(title)
    print("=" * len(title))
    print(f"\nAmounts in {currency}\n")
    print("\n".join(table(orders)))
    print(f"\nOrders: {len(orders):,} counted ({refunds:,} of them refunds), {skipped:,} skipped")
    print(f"Best month: {month} with {money(revenue)} {currency}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
