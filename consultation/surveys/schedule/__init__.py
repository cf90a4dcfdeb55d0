"""Moving published dates, and postponing openings."""
