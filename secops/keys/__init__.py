"""Signatures, and private keys sealed by a passphrase; by the library `cryptography` alone."""
