"""For everyone: the signed heads of the ledger of decisions, and the program that checks them."""
