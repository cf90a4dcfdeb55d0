"""The notation of written consultations: from the YAML's questions and strings to the blocks of a page's body."""

from consultation.questionnaires.condition_blocks import written_value

TYPES = {"area": "single", "band": "single"}
FIELDS = {"text": "text", "easy_read": "easy", "hint": "hint", "hint_easy_read": "hint_easy", "why_we_ask": "why"}
SAID = {"easy": "easy", "text": "text", "hint": "hint", "hint_easy": "hint_easy", "why": "why"}
PAGE_STRINGS = {
    "title": "title",
    "summary": "summary",
    "summary_easy": "summary_easy",
    "role": "decision_role",
    "can": "can_change",
    "can_easy": "can_change_easy",
    "cannot": "cannot_change",
    "cannot_easy": "cannot_change_easy",
}


def blocks_of(data, strings=None):
    """The raw stream of a page's body; with the strings of a translation where it has them."""
    says = (strings or {}).get
    sections = {section["id"]: section for section in data["sections"]}
    blocks, current = [], None
    for question in data["questions"]:
        if question["section"] != current:
            current = question["section"]
            blocks.append(_section(sections[current], says))
        blocks.append(_question(question, says))
    return blocks


def translated_fields(strings):
    """The page's own fields in a translation."""
    return {field: strings[name] for name, field in PAGE_STRINGS.items() if strings.get(name)}


def _section(section, says):
    title = says(f"sec.{section['id']}") or section["title"]
    value = {"text": title, "sensitive": bool(section.get("sensitive"))}
    value["show_if"] = written_value(section.get("show_if"))
    # A section may be called like a question: its own prefix keeps their ids apart.
    return {"type": "section", "id": f"section-{section['id']}", "value": value}


def _question(question, says):
    path = f"q.{question['id']}"
    type_ = TYPES.get(question["type"], question["type"])
    value = {field: question.get(name, "") for name, field in FIELDS.items()}
    value |= {field: said for name, field in SAID.items() if (said := says(f"{path}.{name}"))}
    value |= {
        "dont_know": "dont-know" in question["also_offers"],
        "rather_not": "rather-not" in question["also_offers"],
        "sensitive": bool(question.get("sensitive")),
        "online": "online-activity" in question["context"],
        "about_you": _about_you(question),
        "links": [f"{link['strand']}/{link['sub_point']}" for link in question["links"]],
        "themes": question["themes"],
        "show_if": written_value(question.get("show_if")),
        "help_by_answer": _items(_help(question, says(f"{path}.h"))),
    }
    return {"type": type_, "id": question["id"], "value": value | _own(question, type_, path, says)}


def _own(question, type_, path, says):
    """What only some types of question have."""
    own = ("max_length", "soon_box", "rank", "limit", "apart")
    value = {name: question[name] for name in own if name in question}
    if type_ == "grid":
        value["rows"] = _choices(question["rows"], f"{path}.r", says)
        value["options"] = _choices(question["columns"], f"{path}.c", says, other=f"{path}.o")
    elif type_ in ("single", "multiple", "ranking"):
        value["options"] = _choices(question["options"], f"{path}.o", says)
    return value


def _choices(choices, path, says, other=""):
    found = []
    for choice in choices:
        text = says(f"{path}.{choice['id']}") or says(f"{other}.{choice['id']}") or choice["text"]
        value = {"text": text, "easy": choice.get("easy_read", "")}
        if "exclusive" in choice:
            value["exclusive"] = choice["exclusive"]
        found.append({"type": "item", "id": choice["id"], "value": value})
    return found


def _about_you(question):
    if not question.get("about_you"):
        return ""
    if question["type"] == "area":
        return "area"
    return "age" if question["id"] == "age" else "other"


def _help(question, said):
    return [
        {"any_of": rule["any_of"], "text": said or rule["text"], "entries": rule["entries"]}
        for rule in question.get("help_by_answer", ())
    ]


def _items(values):
    return [{"type": "item", "id": f"{place}", "value": value} for place, value in enumerate(values, start=1)]
