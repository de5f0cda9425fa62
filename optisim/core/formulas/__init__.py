"""Formulas: text → syntax tree → derivatives → compiled, and their LaTeX."""
