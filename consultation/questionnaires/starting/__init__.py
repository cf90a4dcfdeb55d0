"""How a consultation begins: from a template, from one that was, from the question bank, or blank; and what comes next."""
