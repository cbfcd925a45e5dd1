"""What the repository does for itself: set-up, locks, the reference, data sets."""
