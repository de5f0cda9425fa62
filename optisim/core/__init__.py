"""Surfaces, optimizers and their races, in NumPy and SymEngine. Nothing here knows Qt."""
