"""Figures: described, laid out, painted, and written as PNG, SVG and PDF."""
