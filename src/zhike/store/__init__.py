"""
Floor 5: where thought meets PostgreSQL.

Real tables and the configuration they follow, records out and in, people, files.
"""
