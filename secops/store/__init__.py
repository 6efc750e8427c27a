"""SQLAlchemy Core: tables, values to rows and back, unit of work, migrations, the chain."""
