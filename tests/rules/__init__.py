"""Rules of the code base, proved from the code itself."""
