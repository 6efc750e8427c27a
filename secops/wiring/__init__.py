"""The only place that knows both a contract and its adapter; builds operations."""
