"""Long answers, read by sentence besides whole: one sentence can name a theme that the rest drowns."""

import re

import numpy as np

LONG = 60  # words above which an answer is read by sentence, too
SHORTEST = 4  # words; a shorter sentence stays with the one before
WHOLE = 2 / 3  # weight of the whole answer beside its nearest sentence
END = re.compile(r"(?<=[.!?؟۔।])\s+|\n+")


def split_into_sentences(text):
    found = []
    for part in filter(str.strip, END.split(text)):
        if found and len(part.split()) < SHORTEST:
            found[-1].append(part)
        else:
            found.append([part])
    return list(map(" ".join, found))


class LongAnswers:
    """The long ones of some answers, with their sentences in one list."""

    def __init__(self, texts, questions):
        parts = {at: split_into_sentences(text) for at, text in enumerate(texts) if len(text.split()) > LONG}
        self.sentences = [sentence for own in parts.values() for sentence in own]
        self.questions = [questions[at] for at, own in parts.items() for _ in own]
        self.first = dict(zip(parts, np.cumsum([0, *map(len, parts.values())]), strict=False))
        self.count = {at: len(own) for at, own in parts.items()}

    def nearest_sentences(self, margins):
        """{answer: for each theme the number of its nearest sentence}, by margins, sentences x themes."""
        return {at: start + margins[start : start + self.count[at]].argmax(axis=0) for at, start in self.first.items()}
