"""An e-mail for planners who ask for it: new reports, late promises and newer evidence, weekly at most."""
