"""What the sales report computes, apart from reading and printing."""

from .stats import Summary, best_month, group_by, summarize

__all__ = ["Summary", "best_month", "group_by", "summarize"]
