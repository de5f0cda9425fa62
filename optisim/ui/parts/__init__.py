"""Parts that any lab and the shell are made of. They know neither."""
