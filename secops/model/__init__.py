"""Frozen values of the field, typed ids, closed lists. Standard library only; no I/O, no clock."""
