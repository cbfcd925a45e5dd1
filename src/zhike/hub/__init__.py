"""Floor 6: everything that comes in and goes out. `intake` is the only way in."""
