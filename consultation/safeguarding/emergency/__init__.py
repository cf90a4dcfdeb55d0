"""Emergency access ("break-glass"): the record of it. Who opened what, why and until when, who was told, who reviewed it.

The answers that it opens are on the reading desk's side: consultation.reading.emergency.
"""
