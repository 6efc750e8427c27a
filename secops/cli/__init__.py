"""The command line: parse, call one operation, show, exit code."""
