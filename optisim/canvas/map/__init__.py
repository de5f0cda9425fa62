"""The map of a race: terrain, trails, balls, arrows, legend, and the view that holds them."""
