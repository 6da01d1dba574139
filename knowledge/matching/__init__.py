"""Finding the entry that is meant: normalise, tell the language, score, decide. Deterministic throughout."""
