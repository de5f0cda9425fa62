"""Exports: figures, films, trajectories, tables. A table of formats in each module names what there is."""
