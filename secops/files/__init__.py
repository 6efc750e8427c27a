"""Strict YAML, inventory and checklist files in and out, atomic writing."""
