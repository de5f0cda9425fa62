"""Text in pictures: formulas as paths, numerals, symbols, fonts."""
