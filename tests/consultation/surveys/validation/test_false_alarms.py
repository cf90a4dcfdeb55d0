"""Usual questions of many services, written after the linters, raise no finding of wording.

Add the question of each new false alarm here.
"""

import pytest
import yaml

from consultation.surveys.validation.linter import list_linters
from tests.consultation.surveys.conftest import FILE, asked

pytestmark = pytest.mark.any_database

OF_WORDING = ("double", "double-perhaps", "leading", "person", "event", "blame")
PLAIN = [
    "How often do you use the library?",
    "What would make you use the library more?",
    "Which of these do you do online?",
    "How do you usually hear about activities near you?",
    "What stops you from joining in?",
    "Is there enough to do near you in the holidays?",
    "How long do you wait for the bus?",
    "How do you feel about going to the new school?",
    "Do you know who your social worker is?",
    "How many social workers have you had in the last two years?",
    "Did your worker explain why they were visiting?",
    "Do you feel listened to by your social worker?",
    "How well does your worker know you?",
    "How easy or difficult was it to talk to your worker?",
    "Is there anything you would like to change about your reviews?",
    "Were you asked who should come to your review?",
    "Have you been told what your care plan says?",
    "Do you get to see your brothers and sisters as often as you want?",
    "Do you and your family get the help you need?",
    "How did you find out about this service?",
    "What was most useful about the course?",
    "What was least useful about the course?",
    "What one thing should we do next?",
    "How confident or not are you about sharing information?",
    "Would you know where to report something you saw online?",
    "Who would you tell if something online worried you?",
    "How often do adults at home talk with you about being online?",
    "Have you had a lesson about staying safe online this year?",
    "Did the lesson help you know what to do?",
    "What would you want adults to know about games and apps?",
    "Which apps do you use most?",
    "How safe or unsafe do you feel on these apps?",
    "When you use the bus, how safe or unsafe do you feel?",
    "Is the bus stop near your home lit?",
    "What time do you usually travel home?",
    "What do you think about the plan to close the youth centre?",
    "To what extent do you agree or disagree with the plan?",
    "Do you support or oppose the plan?",
    "Do you think the police treat young people fairly or unfairly?",
    "How much do you trust or distrust the police?",
    "Have you ever been stopped and searched?",
    "If yes, how were you treated?",
    "Do you feel able to ask for help at school?",
    "Where do you go when you need a quiet place?",
    "What do you like or dislike about where you live?",
    "Does your home have everything you need?",
    "Is your house warm enough?",
    "Do you have somewhere to do homework?",
    "Do you have a young carer in your family?",
    "How does caring for someone affect your day?",
    "How could the council make parks better for girls?",
    "What could schools do to stop bullying?",
    "Is bullying a problem in your school?",
    "How well does your school deal with bullying?",
    "If you were worried about a friend, what would you do?",
    "Do you know the signs that someone is being exploited?",
    "Have you heard of the term county lines?",
    "Where did you hear about it?",
    "Do staff in takeaways get training to spot when a child is not safe?",
    "As a taxi driver, do you know how to report a worry?",
    "What training would help you and your team?",
    "How long have you worked with children and young people?",
    "Which agency do you work for?",
    "How could agencies share information better?",
    "In the last 12 months, have you made a referral?",
    "Did you hear back after you made a referral?",
    "What happens in your area when a child goes missing?",
    "How do you make sure that children's views are heard in meetings?",
    "What works well in return home interviews?",
    "How could police and social care work together better?",
    "Do you agree or disagree: “Adults listen to us”?",
    "Adults in my school listen to me.",
    "I feel safe on my way home.",
    "My worker turns up when they say they will.",
    "I know how to make a complaint.",
    "People ask me before they share my story.",
    "How would you rate our website?",
    "Was it clear what we would do with your answers?",
    "What do you remember from the assembly?",
    "Is there a park, a club or a library near you?",
    "What is your age?",
    "What is your gender?",
    "What is your ethnic group?",
    "Do you have a disability or a long-term illness?",
    "Which religion or belief do you have, if any?",
    "What language do you speak most at home?",
    "Are you in care, or have you been in care?",
    "Do you live in a children's home?",
    "Do you have a social worker?",
    "Tell us what you think about the park.",
    "Tell us one thing that would help.",
    "Tell us about your ideas for the new club.",
    "Describe a place where you feel safe.",
    "Describe what a good day at school is like.",
    "Describe the kind of help that you would like.",
    "Explain why you chose this.",
    "Is there anything else you want to say?",
    "How was your stay in hospital?",
    "How did staff make you feel?",
    "Were the doctors and nurses kind?",
    "Do mum and dad know about the app?",
    "What makes a street feel safe at night?",
    "Would you like to be told what we decide?",
    "How do you want us to tell you?",
    "What did you enjoy most about the trip?",
    "Which day and time suits you best?",
    "Would you come in the morning or in the afternoon?",
    "How much more time do you need?",
    "Do you know how to get to the club?",
    "Where would you like to go and have lunch?",
    "What do you know about the plan for your town?",
    "Would you like to meet people and groups like yours?",
    "Which days and hours should the library be open?",
    "Did you read the letter that we sent you?",
    "Were you given a choice?",
    "How many hours a week do you work?",
    "Do people in your street know each other?",
    "Can you get to town by bus in the evening?",
    "What would you say to someone new here?",
    "What are three words for your school?",
    "When you were in care, did you have a say?",
    "How often do you see your worker?",
    "Does your worker call when they are late?",
    "How do you know that you were heard?",
    "Would you say yes or no to a new park?",
    "Is there a youth worker that you can talk to?",
    "What did you learn?",
    "Who should be told about the results?",
    "Are you a parent or a carer?",
    "Do you work with children under five?",
    "What did the course leave out?",
    "How do you feel on the first day of term?",
    "What do you do when you are not at school?",
    "How do you like to be asked?",
    "Which of these best describes you?",
    "Have you ever used this service?",
    "Has anything got better since last year?",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_question_raises_no_alarm(spots, text):
    block = asked("q", text, "long_text")
    assert {key: found for key in OF_WORDING if (found := [one.found for one in spots(key, block)])} == {}


DEMO = [
    consultation
    for name in ("demo_consultations.yaml", "somewhere_to_go.yaml")
    for consultation in yaml.safe_load((FILE.parent / name).read_text(encoding="utf-8"))["consultations"]
]


@pytest.mark.django_db
@pytest.mark.parametrize("data", DEMO, ids=lambda data: data["slug"])
def test_what_the_demo_asks_is_as_the_linters_want_it(draft_page, data):
    """All of its words, its easy words and its promises. The days are moved when the demo is loaded, and
    pictures put in."""
    from consultation.surveys.consultation_loading import _build_dates, _build_page_fields
    from consultation.surveys.validation.linted_draft import LintedDraft
    from consultation.surveys.written_consultations import build_body_blocks

    page = draft_page(*build_body_blocks(data), **_build_page_fields(data), **_build_dates(data, 0))
    keys = [key for key in list_linters() if key not in ("contrast", "help-unchecked", "alternative", "unfinished")]
    found = {key: [one.spot for one in list_linters()[key].findings(LintedDraft(page))] for key in keys}
    assert {key: spots for key, spots in found.items() if spots} == {}
