"""One file, one document kind: a pure context builder; and the renderers."""
