"""Public downloads: signed heads of the decision ledger, and the program that verifies them."""
