"""What leaves the house of a decision and its whole trace: W3C PROV for machines, one file for a board."""
