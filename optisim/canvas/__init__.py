"""What draws: the contour canvas and its layers. No panels."""
