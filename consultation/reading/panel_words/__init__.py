"""What members of the youth panel write about a draft: sealed, screened, and cleared by a reader before officers see it."""
