"""Documents: how they are written and read, as files, share strings and examples."""
