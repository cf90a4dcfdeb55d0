"""What emergency access opens: the raw answers of one consultation, wherever on the desk they are."""
