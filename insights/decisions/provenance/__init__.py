"""Export of a decision with its trace: W3C PROV for machines, one HTML file for a board."""
