"""A coding desk with a few released texts; machine proposals are given, so that no model is fitted."""

import pytest

from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.models import Code, CodeSource, Theme
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from tests import factories

# words -> {theme: confidence}, and the words that caused it
SAID = {
    "It is dark by the park. Mend the lights.": ({"lights": 0.93, "staff": 0.55}, ["dark", "lights"]),
    "The lights by the canal are broken.": ({"lights": 0.88}, ["lights"]),
    "More youth workers would help.": ({"staff": 0.3}, ["youth workers"]),
    "I do not know.": ({}, []),
}
URDU = "پارک میں اندھیرا ہے۔ روشنی چاہیے۔"


@pytest.fixture
def themes(codebook):
    return {theme.slug: theme for theme in Theme.objects.filter(codebook=codebook.codebook)}


@pytest.fixture
def texts(parks, officer, codebook, themes):
    """{the first words: text}, each at its place in the line."""
    for words in SAID:
        factories.response(parks[1], texts={"q-c": words}, reader=officer)
    factories.response(parks[1], texts={"q-c": URDU}, reader=officer, language="ur")
    take_released_texts()
    found = {text.text: text for text in Text.objects.all()}
    Code.objects.bulk_create(
        Code(
            text=found[words],
            theme=themes[slug],
            version=codebook,
            source=CodeSource.MODEL,
            confidence=confidence,
            because=because,
            engine="test",
        )
        for words, (proposed, because) in SAID.items()
        for slug, confidence in proposed.items()
    )
    arrange_desk()
    return {" ".join(words.split()[:2]): text for words, text in found.items()}


@pytest.fixture
def dark(texts):
    return texts["It is"]


@pytest.fixture
def coder(client, officer):
    """The officer's browser."""
    client.force_login(officer)
    return client
