"""A small lab on loopback: real servers with good and bad settings, for the demo and the tests."""
