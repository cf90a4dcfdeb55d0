"""Invented answers for the engine's tests: four themes with realistic phrases."""

import random

THEMES = {
    "lights": (
        "Street lighting",
        "Comments about street lights and dark streets.",
        "the street lights are broken|it is so dark",
    ),
    "buses": (
        "Buses",
        "Buses and bus drivers: late, early or full buses.",
        "the bus never comes|drivers drive past us",
    ),
    "food": ("School food", "Meals, lunch and the canteen.", "lunch is cold|the canteen queue is long"),
    "police": (
        "Police contact",
        "How police officers treat young people.",
        "officers stop us for nothing|police were kind",
    ),
}
CODEBOOK = [
    {"theme": theme, "label": label, "definition": definition, "examples": phrases.split("|")}
    for theme, (label, definition, phrases) in THEMES.items()
]
SAID = {
    "lights": [
        "more lights near the park",
        "the lamp posts in our road are broken",
        "it gets dark at five and no lights",
    ],
    "buses": ["the 620 bus is always late", "bus drivers should wait for us", "buses home stop at nine"],
    "food": ["the lunch in our canteen is horrid", "dinner costs too much at school", "bigger meals and halal lunch"],
    "police": [
        "police moved us on for nothing",
        "an officer was rude to my friend",
        "police officers should talk to us",
    ],
}
OPENINGS = ["I think {}", "{} and nobody cares", "please know that {}", "{}", "honestly {}", "my mum says {}"]
QUESTION = "What should change?"


def answers(count=240, seed=1):
    """(text, question, themes) examples; every fifth names two themes."""
    draw = random.Random(seed)
    found = []
    for number in range(count):
        themes = draw.sample(sorted(SAID), 2 if number % 5 == 0 else 1)
        said = " also ".join(draw.choice(SAID[theme]) for theme in themes)
        found.append((draw.choice(OPENINGS).format(said), QUESTION, set(themes)))
    return found
