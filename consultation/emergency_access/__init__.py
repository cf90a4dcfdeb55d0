"""Emergency access to the raw answers of one consultation, in any state of the desk."""
