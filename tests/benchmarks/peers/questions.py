"""The ten closed questions that all three servers ask."""

CHOICES = ["Yes, always", "Most of the time", "Sometimes", "Hardly ever"]
PLACES = ["At home", "At school", "Online", "In town", "On the bus", "At a club"]
# (name, many may be chosen, choices)
QUESTIONS = [
    ("Do you feel safe where you live", False, CHOICES),
    ("Do you feel safe at school", False, CHOICES),
    ("Do you feel safe on the bus", False, CHOICES),
    ("Where do you feel safe", True, PLACES),
    ("Is there an adult you can talk to", False, CHOICES),
    ("Do adults do what they said", False, CHOICES),
    ("What would help you most", True, PLACES),
    ("Did someone ask you before", False, CHOICES),
    ("How old are you", False, ["10 or 11", "12 to 14", "15 to 17", "18 or older"]),
    ("Where did you hear of this", False, PLACES),
]
