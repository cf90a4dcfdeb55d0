"""Emergency access ("break-glass"): its record, alerts and review. The answers it opens: consultation.reading.emergency."""
