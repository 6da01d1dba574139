"""Measurements, run by hand: quality and speed against peers in the same run, and what is fitted."""
