"""What officers know of their district, and what a consultation asks about: it steers what redaction proposes."""
