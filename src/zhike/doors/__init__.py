"""Floor 9: where people, programs, files and the clock come in. Words in, words out."""
