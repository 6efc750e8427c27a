"""What operations need from the world, in the model's words.

A contract says what each method promises and which errors it raises, and stays as small as its
callers. Adapters do not inherit from it; mypy checks the fit where `wiring` puts them together.
"""
