"""
Floor 6: data coming in and going out.

Files and callers bring batches, `intake` is the only way in, `standardize` and `identity` are steps of it.
"""
