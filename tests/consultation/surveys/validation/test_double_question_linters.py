"""Two questions in one are found; "mum and dad" is not, since false alarms make officers ignore a linter."""

import pytest

TWO = [
    "Do you feel safe at school and on the bus?",
    "Do you feel safe in the park and at home?",
    "How often do you go to the park and what do you do there?",
    "What do you like about school, and what do you not like?",
    "Do you like the park? Why?",
    "Is the park clean and safe?",
    "Are staff friendly and helpful?",
    "Do you feel safe and happy at school?",
    "Do you feel safe and listened to?",
    "Do teachers listen and help?",
    "Do staff listen to you and explain?",
    "How good are the lights and the benches?",
    "How good or bad are the staff and the building?",
    "Do you trust the police and the council?",
    "Do you trust your teachers and your doctor?",
    "Is it easy to get there as well as to get home?",
    "Is it clean and/or quiet?",
    "Do you walk and cycle to school?",
    "Are you happy with your room and with your meals?",
    "Is the bus cheap and fast?",
    "Do you know where to go and how are you getting there?",
    "Do you feel both safe and welcome here?",
    "Are the toilets clean, and also warm?",
    "How easy or hard is it to find the club and the library?",
    "Have you been told about your plan and about your rights?",
    "Was the training clear and useful?",
    "Is the website easy and quick?",
    "Do you use and like the new app?",
    "Where do you meet friends, and how do you get there?",
    "How safe or unsafe do you feel in town and on the way home?",
    "Do you like your teachers and do they help you?",
    "How do you feel about your school and your home?",
    "Are the parks safe, clean and fun?",
    "Do you enjoy school and have lots of friends?",
    "How satisfied are you with the speed and quality of the service?",
    "Do you eat and sleep well?",
    "Were staff kind and did they listen?",
    "Do you use the bus and the train?",
]
ONE = [
    "Do you get help before school and after school?",
    "Was your worker kind and polite?",
    "Do you live with your mum and dad?",
    "Do you get on with your mum and your dad?",
    "Do you live with your mum and with your dad?",
    "Is it easy to talk to parents and carers?",
    "How safe or unsafe do you feel at bus stops and stations?",
    "How well do the block and report buttons work on the apps you use?",
    "What would help young people and families most?",
    "Do you have brothers and sisters?",
    "Do you walk to and from school?",
    "Which months and years suit you?",
    "Do you feel safe when you are out and about?",
    "Do you feel safe and well?",
    "What is the difference between your school and your club?",
    "How safe or unsafe do you feel?",
    "Do you go alone or with friends?",
    "How old are you?",
    "Are you between 11 and 13?",
    "Is the letter clear and easy to read?",
    "What do you think of stop and search?",
    "Would you use a drop-in between 4 and 6 on Fridays?",
    "Do you like arts and crafts?",
    "Do friends and family know about the club?",
    "How was the food and drink?",
    "What should the council do about parks and playgrounds?",
    "Which of these have you heard of: police and crime panels?",
    "What would make it a good place for you?",
    "Do you know your rights and responsibilities?",
    "Are health and safety rules shown where you work?",
    "Is there an adult you could talk to if you did not feel safe?",
    "Would you like to come and see the new rooms?",
    "Did you have a say in “Safe at school and on the bus”?",
    "Do you know about the Children and Families Act?",
    "How do you feel when you wait for a bus or train?",
    "Do you have a say in where you live and who you live with?",
    "Is your room the same by day and by night?",
    "What, if anything, gets in the way of using what you learn?",
    "Do you get pocket money and clothes?",
    "How do you get about in the towns and the cities here?",
]


@pytest.mark.parametrize("text", TWO)
def test_two_questions_in_one_are_found(words_found, text):
    assert words_found("double", text) or words_found("double-perhaps", text)


@pytest.mark.parametrize("text", ONE)
def test_one_question_is_left_in_peace(words_found, text):
    assert words_found("double", text) + words_found("double-perhaps", text) == []


def test_the_rows_of_a_grid_are_asked_too(spots):
    from tests.consultation.surveys.conftest import asked, choice

    rows = [choice("a", "It is near and quiet"), choice("b", "Staff know me")]
    found = spots("double", asked("g", "How is it here?", "grid", choices=["Good", "Bad"], rows=rows))
    assert [(spot.block, spot.field, spot.text) for spot in found] == [("g", "rows", "It is near and quiet")]


def test_choices_and_hints_may_join_what_they_like(words_found):
    for key in ("double", "double-perhaps"):
        assert words_found(key, "When?", "single", ["At school and on the bus"], hint="At home and in town.") == []
