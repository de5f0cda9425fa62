"""Taking results away: figures and data. `EXPORTERS` in `figures` and `data` name what there is."""
