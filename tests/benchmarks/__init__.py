"""Measurements, run by hand: quality and speed against peers in the same run, and the fit of what is fitted."""
