"""Sentences and screens in three languages."""
