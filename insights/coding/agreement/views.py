"""Pages of double coding. The second coder's page fetches text, question and codebook, and neither the first coder's
choice nor machine proposals."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation import handover
from consultation.access import staff_view
from insights.access import require_consultation
from insights.coding.agreement import actions
from insights.coding.agreement.forms import BlindCodingForm, DrawSampleForm, SettleDisagreementForm
from insights.coding.blind_samples.models import CodersChoice, CodingTurn, DoubleCoding, SampledText
from insights.coding.codebook_in_force import codebook_version, question_texts
from insights.coding.models import ThemeEntry
from insights.forms import render_form, run_action, save_form

SECTION = {"section": "coding"}
DRAWN_HOW = (
    "The answers are drawn by chance from those that a person has coded. One in four is drawn for themes that few answers "
    "have, so that these can be judged too. More answers make the figure surer and take longer: about one minute an answer. "
    "You can end early, and what is coded by then counts."
)


@staff_view("insights.code_themes", method="GET")
def show_agreement_overview(request):
    rows = list_consultation_samples(request.user)
    return render(request, "insights/coding/agreement/overview.html", SECTION | {"rows": rows})


@staff_view("insights.approve_codebook")
def edit_new_sample(request, slug):
    page = require_consultation(slug)
    form = DrawSampleForm(request.POST or None, available=count_texts_to_sample(page))
    done = "The sample is drawn. Ask your colleague to code it."
    if study := save_form(request, form, actions.draw_sample, done, consultation=page):
        return redirect("insights:double-coding", study.pk)
    crumbs = [("Coded twice", reverse("insights:agreement"))]
    context = SECTION | {"heading": f"Draw a sample: {page.title}", "crumbs": crumbs, "fewest": actions.FEWEST}
    return render_form(
        request, form, "insights/coding/agreement/draw.html", hint=DRAWN_HOW, save="Draw the sample", **context
    )


@staff_view("insights.code_themes", method="GET")
def show_double_coding(request, pk):
    study = get_object_or_404(DoubleCoding.objects.select_related("consultation", "version", "second"), pk=pk)
    context = SECTION | {"study": study}
    if study.is_open:
        context |= {"mine": SampledText.objects.for_second(request.user).filter(study=study).waiting().exists()}
    else:
        settled = study.sample.exclude(settlement=None).seen_by(request.user)
        settled = settled.select_related("text", "settlement__settled_by").prefetch_related("choices")
        context |= {
            "disputed": _disputed_texts(study, request.user),
            "settled": settled.order_by("pk"),
            "labels": theme_labels_of(study),
        }
    if study.measured:
        rows, few = build_agreement_rows(study)
        pairs, unclear = find_codebook_lessons(study)
        context |= {"rows": rows, "few": few, "pairs": pairs, "unclear": unclear}
    return render(request, "insights/coding/agreement/double_coding.html", context)


def _disputed_texts(study, user):
    return study.sample.disputed().seen_by(user).select_related("text").prefetch_related("choices").order_by("pk")


def _next_text_to_code(user, study, after=0):
    """The next text for this person after `after`, starting again at the first, so that skipped texts come back."""
    waiting = SampledText.objects.for_second(user).filter(study=study).waiting().order_by("pk")
    return waiting.filter(pk__gt=after).first() or waiting.first()


@staff_view("insights.code_themes", method="GET")
def show_next_text(request, pk):
    study = get_object_or_404(DoubleCoding, pk=pk)
    following = _next_text_to_code(request.user, study)
    return redirect("insights:second-coding", following.pk) if following else redirect("insights:double-coding", pk)


@staff_view("insights.code_themes")
def edit_second_coding(request, pk):
    """One text of the sample, blind."""
    if ended := SampledText.objects.filter(pk=pk, study__ended_on__isnull=False).first():
        messages.error(request, "This sample has ended. What you had not saved is not in it.")
        return redirect("insights:double-coding", ended.study_id)
    mine = SampledText.objects.for_second(request.user).select_related("text", "study__consultation", "study__version")
    sampled = get_object_or_404(mine, pk=pk)
    study = sampled.study
    coded = CodersChoice.objects.filter(sampled__study=study, turn=CodingTurn.SECOND, coder=request.user)
    own = coded.filter(sampled=pk).values("themes", "stances", "note").first()  # to be changed
    form = BlindCodingForm(request.POST or None, version=study.version, initial=own or {})
    if request.method == "POST" and form.is_valid():
        return _save_second_coding(request, sampled, form)
    following = _next_text_to_code(request.user, study, after=pk)
    context = SECTION | {
        "study": study,
        "text": sampled.text,
        "question": question_texts(study.consultation).get(sampled.text.question, ""),
        "again": own is not None,
        "next": following if following and following.pk != pk else None,
        "before": coded.filter(sampled__lt=pk).order_by("-sampled").values_list("sampled", flat=True).first(),
        "done": study.sample.filter(choices__turn=CodingTurn.SECOND).count(),
        "all": study.sample.count(),
    }
    return render_form(request, form, "insights/coding/agreement/second.html", **context)


def _save_second_coding(request, sampled, form):
    run_action(request, actions.save_second_choice, sampled=sampled, stances=form.stances, **form.cleaned_data)
    following = _next_text_to_code(request.user, sampled.study, after=sampled.pk)
    if following:
        return redirect("insights:second-coding", following.pk)
    messages.success(request, "That was the last one for you.")
    return redirect("insights:double-coding", sampled.study_id)


@staff_view("insights.approve_codebook", method="POST")
def save_double_coding_end(request, pk):
    run_action(request, actions.end_double_coding, study=get_object_or_404(DoubleCoding, pk=pk))
    return redirect("insights:double-coding", pk)


@staff_view("insights.code_themes")
def edit_settlement(request, pk):
    """Both choices side by side; the settled themes become the current codes."""
    rows = SampledText.objects.disputed().seen_by(request.user)
    rows = rows.select_related("text", "study__consultation", "study__version")
    sampled = get_object_or_404(rows.prefetch_related("choices"), pk=pk)
    form = SettleDisagreementForm(request.POST or None, version=sampled.study.version)
    if save_form(request, form, actions.settle_disagreement, "Settled. This choice stands now.", sampled=sampled):
        if following := _disputed_texts(sampled.study, request.user).first():
            return redirect("insights:settle", following.pk)
        return redirect("insights:double-coding", sampled.study_id)
    context = SECTION | {
        "sampled": sampled,
        "text": sampled.text,
        "question": question_texts(sampled.study.consultation).get(sampled.text.question, ""),
        "labels": theme_labels_of(sampled.study),
        "heading": "Two people chose differently",
        "crumbs": [
            ("Coded twice", reverse("insights:agreement")),
            (
                sampled.study.consultation.title,
                f"{reverse('insights:double-coding', args=[sampled.study_id])}#settle",
            ),
        ],
        "save": "Settle",
        "hint": "What you settle stands for this answer from now on. Both choices stay on record.",
    }
    return render_form(request, form, "insights/coding/agreement/settle.html", **context)


def list_consultation_samples(user):
    """A row for each consultation: its newest sample, and whether this person has texts to code in it."""
    waiting = set(SampledText.objects.for_second(user).waiting().values_list("study_id", flat=True))
    newest = {}
    for study in DoubleCoding.objects.select_related("second"):
        newest.setdefault(study.consultation_id, study)
    rows = []
    for page in handover.list_consultations():
        study = newest.get(page.pk)
        disputed = study is not None and study.sample.disputed().exists()
        rows.append({"page": page, "study": study, "mine": study and study.pk in waiting, "disputed": disputed})
    return rows


def count_texts_to_sample(page):
    """Number of texts from which a sample can be drawn. It decides the sizes offered and is never shown."""
    version = codebook_version(page)
    return len(actions.coded_themes_by_text(page, version)) if version else 0


def theme_labels_of(study):
    """{theme id: label} of all themes of the codebook, those of the study's version in its words."""
    entries = ThemeEntry.objects.filter(theme__codebook=study.version.codebook_id).order_by("version__number")
    return {
        **dict(entries.values_list("theme_id", "label")),
        **dict(study.version.entries.values_list("theme_id", "label")),
    }


def build_agreement_rows(study):
    """(rows of themes with a figure, lowest agreement first; labels of themes without one)."""
    kappas, machine = study.figures["themes"], study.figures["machine"]["themes"]
    rows = [
        {"entry": entry, "kappa": kappas.get(str(entry.theme_id)), "f1": machine.get(str(entry.theme_id))}
        for entry in study.version.entries.select_related("theme")
    ]
    said = [row for row in rows if row["kappa"] or row["f1"]]
    said.sort(key=lambda row: (row["kappa"]["value"] if row["kappa"] else 2, row["entry"].label))
    return said, [row["entry"].label for row in rows if not row["kappa"] and not row["f1"]]


def find_codebook_lessons(study):
    """(pairs of entries that coders confuse, entries whose definition is unclear)."""
    entries = {entry.theme_id: entry for entry in study.version.entries.select_related("theme")}
    pairs = [(entries[a], entries[b]) for a, b in study.figures["confused"] if a in entries and b in entries]
    return pairs, [entries[id_] for id_ in study.figures["unclear"] if id_ in entries]
