"""The wire: nothing but this package opens sockets and starts programs for a scanner."""
