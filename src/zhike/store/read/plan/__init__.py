"""Queries → statements: what each part of a query means for some roles, as SQL. Runs nothing."""
