"""Small real objects for tests, made by the models or the product's own verbs."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

DAY = date(2026, 11, 16)
# Without a child's summary no decision is published.
CHILD_SUMMARY = {"you_said": "You want lights.", "we_did": "There will be ten lights."}


def question(key, type_="single", options=(), **more):
    """One item of a frozen questionnaire (see surveys/questionnaire_schema.py); `options` are texts, keyed "1", "2",
    ..."""
    return {
        "id": f"q-{key}",
        "key": key,
        "type": type_,
        "text": {"en": f"Question {key}?"},
        "easy": {},
        "hint": {},
        "hint_easy": {},
        "why": {},
        "options": [
            {"id": f"{key}-{i}", "key": str(i), "text": {"en": text}, "easy": {}, "exclusive": False}
            for i, text in enumerate(options, start=1)
        ],
        "rows": [],
        "also": ["dont-know", "rather-not"] if options else ["rather-not"],
        "show_if": None,
        "about_you": "",
        "max_length": 1000 if type_ in ("short_text", "long_text") else None,
        "soon_box": type_ == "long_text",
        "rank": None,
        "limit": None,
        "sensitive": False,
        "context": [],
        "links": [],
        "themes": [],
        "help": [],
    } | more


def content(*items, slug="parks", **more):
    return {
        "schema": 1,
        "slug": slug,
        "audience": "children-young-people",
        "codebook": "seed",
        "source": "en",
        "languages": ["en"],
        "title": {"en": "Parks"},
        "summary": {"en": "Tell us about parks."},
        "machine": [],
        "items": list(items),
    } | more


def in_a_week():
    """A day a week from now, as a form sends it."""
    return (timezone.localdate() + timedelta(days=7)).isoformat()


def consultation(home, *, slug="parks", title="Parks", items=(), by=None, **fields):
    """A live ConsultationPage with one frozen version of `items`; returns (page, version)."""
    from wagtail.signal_handlers import disable_reference_index_auto_update

    from consultation.surveys.models import ConsultationIndexPage, ConsultationPage, PublishedVersion

    index = ConsultationIndexPage.objects.get(locale=home.locale)
    made = ConsultationPage(title=title, slug=slug, summary="Tell us.", locale=home.locale, **fields)
    with disable_reference_index_auto_update():  # it refers to nothing yet; a sixth of the time
        page = index.add_child(instance=made)
    ConsultationPage.objects.filter(pk=page.pk).update(first_published_at=timezone.now())
    version = PublishedVersion.objects.create(
        page=page, number=1, content=content(*items, slug=slug), published_at=timezone.now(), published_by=by
    )
    page.refresh_from_db()
    return page, version


def response(version, *, closed=None, texts=None, reader=None, **fields):
    """A stored response; each of `texts` {question id: words} is sealed, and read and released by `reader` if given."""
    return responses(version, [(closed, texts)], reader=reader, **fields)[0]


def responses(version, people, *, reader=None, **fields):
    """Stored responses, one for each (closed, texts)."""
    from consultation.reading.models import Reading, ReadingDecision
    from consultation.responses.models import Answer, AnswerState, Response
    from consultation.responses.vault import seal_text

    fields = {"language": "en", "day": DAY} | fields
    sent = [Response(version=version, closed=closed or {}, **fields) for closed, _ in people]
    said = [
        (one, asked, words)
        for one, (_, texts) in zip(sent, people, strict=True)
        for asked, words in (texts or {}).items()
    ]
    state = AnswerState.RELEASED if reader else AnswerState.UNREAD
    answers = [
        Answer(id=uuid.uuid4(), response=one, question=asked, sealed=seal_text(words), state=state)
        for one, asked, words in said
    ]
    Response.objects.bulk_create(sent)
    Answer.objects.bulk_create(answers)
    if reader:
        Reading.objects.bulk_create(
            Reading(
                answer=answer,
                reader=reader,
                decision=ReadingDecision.CLEAR,
                text=words,
                decided_at=timezone.now(),
                released=True,
            )
            for answer, (_, _, words) in zip(answers, said, strict=True)
        )
    return sent


def agency(name):
    """The agency of this name, on the list; None without a letter in it."""
    from consultation.agencies.models import KnownAgency, agency_key

    key = agency_key(name)
    return KnownAgency.objects.get_or_create(key=key, defaults={"name": name.strip()})[0] if key else None


def agreement(**fields):
    """An agreement that a second administrator has confirmed."""
    from cms.accounts.agreements import Agreement

    return Agreement.objects.create(confirmed_on=fields["starts"], **fields)


def api_client(**fields):
    """A program that a second administrator has confirmed, and its token."""
    from cms.api.actions import create_api_client

    client, token = create_api_client(**fields)
    client.confirmed_on = client.made_on
    client.save(update_fields=["confirmed_on"])
    return client, token


def join_agency(person, name):
    """This person works for the agency of this name from now on."""
    person.agency = agency(name)
    person.save(update_fields=["agency"])
    return person


def staff(email="someone@example.org", *permissions, **fields):
    """A member of staff with just these permissions ("app.codename")."""
    from django.contrib.auth.models import Permission

    from cms.accounts.models import User

    fields["agency"] = agency(fields.get("agency", ""))
    user = User.objects.create_user(email, "a long enough password", **fields)
    for name in permissions:
        app, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def somebody_reads(person, *, since=None, days=120):
    """Two readers for every consultation, and a lead and a backup on every working day; returns (readers, leads)."""
    from consultation.reading.staffing.models import NamedReader
    from consultation.safeguarding.duty_rota.models import DutyDay

    since = since or timezone.localdate()
    until = since + timedelta(days=days)
    readers = [person("moderator"), person("moderator")]
    leads = [person("safeguarding_lead"), person("safeguarding_lead")]
    for reader in readers:
        NamedReader.objects.create(reader=reader, first_day=since, last_day=until)
    DutyDay.objects.bulk_create(
        [DutyDay(day=since + timedelta(days=n), lead=leads[0], backup=leads[1]) for n in range(days + 1)]
    )
    return readers, leads
