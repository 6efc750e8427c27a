"""secops: graded protection (等级保护) from the inventory to the signed paper."""

__version__ = "0.1.0"
