"""How well duplicates are found: labelled sets, and precision, recall and F1 on each."""
