"""One file, one scanner; all sockets and child programs come from the wire."""
