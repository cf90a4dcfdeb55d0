"""Word documents (DOCX) from the markup of a paper."""
