"""Questions about a person's name, looks or experience are refused; places, times and services are allowed (S4)."""

import pytest

WHO = [
    "What is the name of your social worker?",
    "What is your worker's name?",
    "What is your name?",
    "Tell us his name.",
    "Name the person who helped you.",
    "Name someone you trust.",
    "Can you name a teacher who helps?",
    "What is your key worker called?",
    "Describe the man.",
    "Describe what they looked like. Can you describe him?",
    "What did the person look like?",
    "What does your worker look like?",
    "What was he wearing?",
    "How old was the man?",
    "What colour was his hair? Tell us the hair colour.",
    "What was the number plate?",
    "Write down the car's registration plate.",
    "Where does he live?",
    "Who did this?",
    "Who hurt you?",
    "What is your date of birth?",
    "Which school do you go to?",
    "What is your postcode?",
    "Write your full name.",
    "Tell us your email address.",
    "Who was it that made you feel unsafe?",
    "Which adult do you not trust?",
    "Who are you afraid of?",
    "Can you describe the car?",
    "What is your child's name?",
    "Which teacher helps you most?",
    "Name any adults you think are not safe.",
    "Name the teachers who scare you.",
    "Name the drivers to avoid.",
    "Write the names of the teachers who shout.",
    "Which drivers make you feel unsafe?",
]
NOT_WHO = [
    "Which adult would you go to with a worry?",
    "Which adult in school would you go to first with a problem?",
    "Which workers should be at the club?",
    "What would you call the new place?",
    "What name would you give it?",
    "Name the part of the course.",
    "How would you describe the park?",
    "Describe the bus stop.",
    "Describe how you feel about the park.",
    "Describe your ideal youth worker.",
    "How would you describe your teachers?",
    "Do you know your worker's name?",
    "Did your worker tell you their name?",
    "Do you know the names of the people who help you?",
    "Is the number plate easy to read?",
    "What would make number plates easier to read?",
    "What does a good teacher look like?",
    "Who should decide about parks?",
    "Is there an adult you could talk to?",
    "Where do you learn?",
    "Which part of the district do you live in?",
    "How old are you?",
    "What should the new park be called?",
    "Do you have an email address?",
    "What do you think of your school?",
    "What is the best thing about your street?",
    "What kind of place do you work in?",
    "Where do young people live well?",
    "Is your name spelled right on letters?",
]
HAPPENED = [
    "What happened?",
    "What happened to you?",
    "Tell us what happened.",
    "Please describe what happened that day.",
    "When did it happen?",
    "Where did this happen?",
    "Have you ever been hurt?",
    "Are you being hurt?",
    "Have you been bullied at school?",
    "Were you ever threatened?",
    "Has anyone touched you?",
    "Has an adult ever hurt you?",
    "Has someone asked you to send pictures?",
    "Has someone offered you drugs?",
    "What did he do?",
    "What did they say to you?",
    "Tell us about a time when you were not safe.",
    "Has this ever happened to you?",
    "Give details of the incident.",
    "Has your child been harmed?",
    "Did you get hurt?",
    "Tell us about something bad that happened to you.",
    "What is the name of the shop where it happened?",
    "Have you been a victim of a crime?",
    "Have you ever been touched in a way you did not like?",
    "Has someone you know been hurt?",
    "What did the adult say to you?",
    "How many times have you been hit?",
    "When were you last hurt?",
    "If you do not feel safe, tell us what happened.",
    "You need not name anyone, but tell us what happened.",
]
NOT_HAPPENED = [
    "Did we tell you what happened to your ideas?",
    "What happened to your answers last time?",
    "Tell us what happened with your last survey.",
    "You do not need to say what happened.",
    "Please do not tell us what happened.",
    "What happens next?",
    "Would you like to know what happened with your answers?",
    "What should happen in the park?",
    "Has anyone asked you for your views?",
    "Has anyone asked you what you think?",
    "Has someone sent you information about the club?",
    "Did staff make you feel welcome?",
    "Has anyone made you feel welcome?",
    "Has someone followed up your idea?",
    "When did you first go to this club?",
    "When did you last take a course on keeping children safe?",
    "Have you been to the park?",
    "Have you been told about your rights?",
    "Tell us about the place where you meet.",
    "Tell us about times of day when the park is busy.",
    "Would you know what to do if someone your age was hurt?",
    "Do you know who to tell if someone is being hurt?",
    "What did the council do about buses?",
    "What did they do with your ideas?",
    "What might stop someone your age from asking for help?",
]


@pytest.mark.parametrize("text", WHO)
def test_a_question_about_a_person_is_found(words_found, text):
    assert words_found("person", text, "short_text")


@pytest.mark.parametrize("text", NOT_WHO)
def test_a_question_about_anything_else_is_not(words_found, text):
    assert words_found("person", text, "long_text") == []


@pytest.mark.parametrize("text", HAPPENED)
def test_a_question_about_what_happened_is_found(words_found, text):
    assert words_found("event", text, "long_text")


@pytest.mark.parametrize("text", NOT_HAPPENED)
def test_a_question_about_services_is_not(words_found, text):
    assert words_found("event", text, "long_text") == []


def test_who_in_own_words_brings_names_and_with_choices_it_does_not(words_found):
    asks = "Who helps you most?"
    assert words_found("person", asks, "long_text") == ["Who helps"]
    assert words_found("person", asks, "single", ["Family", "Teachers"]) == []
    assert words_found("person", "Who would you ask for help?", "long_text") == []


@pytest.mark.parametrize(
    "hint",
    ["Do not name people.", "You can leave out names of people and number plates.", "Never write your full name."],
)
def test_a_hint_not_to_is_no_question(words_found, hint):
    assert words_found("person", "What would help?", "long_text", hint=hint) == []


def test_a_hint_that_asks_for_it_is_found_where_it_stands(spots):
    from tests.consultation.surveys.conftest import asked

    found = spots("person", asked("q", "What would help?", "long_text", hint="Tell us the name of the worker."))
    assert [(spot.block, spot.field) for spot in found] == [("q", "hint")]
