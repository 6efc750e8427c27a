"""Bounds against hostile input; knows nothing of the product."""
