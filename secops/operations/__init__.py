"""One file, one use case: what it needs are arguments; it returns a value, never prints."""
