"""Starting a consultation from a template, a past one, the question bank, or blank; and the guide to publication."""
