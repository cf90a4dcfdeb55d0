"""Demo draft of the next codebook version, approved by one officer and waiting for the second."""

from insights.coding.codebooks import approve_version
from insights.coding.codebooks.actions import begin_draft, describe_version, open_draft_of
from insights.coding.codebooks.editing.actions import change_theme, merge_theme, move_theme, split_theme
from insights.coding.codebooks.theme_entry_rows import row_of_entry
from insights.coding.models import Codebook

WHY = (
    "What two readers and four young people said when they tried the themes on a hundred answers. "
    "One theme was two, two were one, and a definition left people guessing."
)
PARTS = (
    {
        "label": "Street lights and dark paths",
        "definition": "Places that are too dark, lamps that are broken, or light that helped.",
        "examples": ["the lights are broken", "it is pitch black on the path", "they put new lamps in"],
    },
    {
        "label": "Cameras and people looking out",
        "definition": "Cameras, wardens, staff or neighbours who watch a place, or nobody who does.",
        "examples": ["nobody is watching", "there is a camera now", "a warden walks past"],
    },
)


def draft_next_codebook(staff):
    drafter, book = staff["officer1"], Codebook.objects.get(slug="seed")
    draft = open_draft_of(book) or begin_draft(codebook=book, by=drafter)

    def entry(slug):
        return draft.entries.get(theme__slug=slug)

    describe_version(version=draft, label="with young people", why=WHY, by=drafter)
    split_theme(
        entry=entry("lighting-cctv-guardians"),
        parts=PARTS,
        why="Light is a matter for the council’s lamps; who looks out is a matter of people.",
        by=drafter,
    )
    merge_theme(
        entry=entry("return-conversations"),
        into=entry("missing-from-home-care"),
        why="Answers nearly always speak of both.",
        by=drafter,
    )
    move_theme(entry=entry("phones-family-rules"), family="home", why="They are rules of a family.", by=drafter)
    asked = entry("listened-believed")
    change_theme(entry=asked, row=row_of_entry(asked) | {"parent": "trusted-adult"}, by=drafter)
    waiting = entry("waiting-access")
    row = row_of_entry(waiting) | {
        "definition": "How long it takes to get help, and what stands in the way of getting in."
    }
    change_theme(entry=waiting, row=row, by=drafter)
    approve_version(version=draft, by=drafter)
    return draft
