"""Data: what comes with the program, tables of the user's own, and images in IDX files."""
