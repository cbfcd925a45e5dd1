"""How fast the desk is in a browser that was never here: `python -m bench.desk`."""
