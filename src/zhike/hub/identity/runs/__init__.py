"""Runs over the whole base: who is the same, learnt from the records themselves, without labels."""
