"""How the tables came to be, step by step; a released step is never edited."""
