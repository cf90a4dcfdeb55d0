"""How a consultation begins: from a template, from one that was, from questions of the bank, or blank; and what comes next."""
