"""Scales that always look alike: their options have fixed ids, and their words come from the interface's table."""

from django.utils.translation import override

from consultation.words import word

FACES = {str(place): f"faces.{place}" for place in range(1, 6)}
AGREEMENT = dict(
    zip(
        ("agree-lot", "agree-bit", "middle", "disagree-bit", "disagree-lot"),
        (f"agree.{place}" for place in range(1, 6)),
        strict=True,
    )
)
SCALES = {"faces": FACES, "agreement": AGREEMENT}


def scale_texts(key, languages):
    """The words for one step in each language; a language that has none yet is left out."""
    texts = {}
    for language in languages:
        with override(language):
            texts[language] = word(key)
    return {language: text for language, text in texts.items() if language == "en" or text != texts.get("en")}


def labels(language="en"):
    """{type: {option id: words}} for the editor."""
    with override(language):
        return {type_: {id_: word(key) for id_, key in scale.items()} for type_, scale in SCALES.items()}
