"""Figures of a set of orders. Money is whole cents, so that no step rounds but the ones named here."""

from collections import defaultdict
from typing import NamedTuple


class Order(NamedTuple):
    month: str  # YYYY-MM
    region: str
    product: str
    units: int  # negative for a refund
    cents: int  # value of the whole order


class Summary(NamedTuple):
    orders: int
    units: int
    revenue: int
    mean: int
    median: int
    p95: int


def divide_half_up(dividend, divisor):
    """The quotient rounded to the nearest whole number, halves towards positive infinity."""
    return (2 * dividend + divisor) // (2 * divisor)


def median(ordered):
    middle = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[middle]
    return divide_half_up(ordered[middle - 1] + ordered[middle], 2)


def percentile(ordered, percent):
    """Nearest rank: the smallest value that at least `percent` per cent of the values do not exceed."""
    rank = (percent * len(ordered) + 99) // 100
    return ordered[rank - 1]


def summarize(orders):
    values = sorted(order.cents for order in orders)
    revenue = sum(values)
    return Summary(
        orders=len(values),
        units=sum(order.units for order in orders),
        revenue=revenue,
        mean=divide_half_up(revenue, len(values)),
        median=median(values),
        p95=percentile(values, 95),
    )


def group_by(orders, key):
    """(key, orders) pairs in the order of their keys; strings compare by code points."""
    groups = defaultdict(list)
    for order in orders:
        groups[key(order)].append(order)
    return sorted(groups.items())


def best_month(orders):
    """(month, revenue) of the month with the highest revenue, the earliest of equals."""
    months = group_by(orders, lambda order: order.month)
    totals = [(month, sum(order.cents for order in group)) for month, group in months]
    return max(totals, key=lambda item: item[1])
