"""
Floor 0: the few values everything speaks in.

Faults and problems, words in two languages, SQL as a value, the viewer, and what a transaction can
do. Knows no database, no web, no configuration of a workspace.
"""
