"""The allow list: officers' local words and the names in a consultation's questions, which steer redaction."""
