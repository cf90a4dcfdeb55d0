"""What a place helps with. Each has its words in every language (`need.…`); a new one is a new word too."""

NEEDS = {
    "danger": "Danger right now",
    "talk": "Someone to talk to",
    "hurt": "Being hurt",
    "low": "Feeling very low",
    "online": "Something online",
    "away": "Not at home, or thinking of leaving",
    "crime": "To tell about a crime",
    "adult": "Adults who worry about a child",
}
