"""A desk with machine proposals, of which a part is drawn for a confirmation sample."""

import uuid

import pytest

from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.models import Code, CodeSource, Theme
from insights.corpus.models import DRAWS, Text

WORDS = ("The lights are broken {}.", "More youth workers {}.", "It is dark and nobody is about {}.")
PROPOSED = ({"lights": 0.9}, {"staff": 0.6}, {"lights": 0.85, "staff": 0.45})


@pytest.fixture
def themes(codebook):
    return {theme.slug: theme for theme in Theme.objects.filter(codebook=codebook.codebook)}


@pytest.fixture
def write(parks, themes, codebook):
    """write(n, draw): the answer of one more person, with a proposal."""

    def make(n, draw, question="q-c"):
        text = Text.objects.create(
            version=parks[1],
            respondent=uuid.uuid4(),
            question=question,
            language="en",
            audience="young people",
            text=WORDS[n % 3].format(n),
            draw=draw,
        )
        Code.objects.bulk_create(
            Code(text=text, theme=themes[slug], version=codebook, source=CodeSource.MODEL, confidence=sure,
                 because=text.text.split()[1:2], engine="test")
            for slug, sure in PROPOSED[n % 3].items()
        )  # fmt: skip
        return text

    return make


@pytest.fixture
def desk(parks, write):
    """40 answers, each with a proposal; people's draws are spread evenly, in an order unlike that of the answers."""
    for n in range(40):
        write(n, (n * 7 % 40) * (DRAWS // 40))
    arrange_desk()
    return parks[0]


@pytest.fixture
def drawn(desk, officer):
    """30 of the 40 people are drawn."""
    return draw_confirmation_sample(consultation=desk, half_width=10, by=officer)


@pytest.fixture
def sampled(drawn, desk):
    return list(ConfirmationRound.objects.sampled_texts(desk))


@pytest.fixture
def others(drawn, desk, sampled):
    return list(Text.objects.exclude(pk__in=[text.pk for text in sampled]))


@pytest.fixture
def coder(client, officer):
    client.force_login(officer)
    return client
