"""The desktop program: a shell that holds labs, and the parts that both are made of."""
