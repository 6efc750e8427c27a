"""File and environment, read once; finds checklists, templates, samples and the catalogue."""
