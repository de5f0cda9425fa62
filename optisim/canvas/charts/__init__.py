"""Charts of quantities against steps, and the surface from the side."""
