"""What was said and has no answer, what was promised and is late, and decisions that newer evidence speaks against."""
