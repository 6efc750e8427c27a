"""Pure readers: bytes to observations, one file a format; for scanners and importers alike."""
