"""Eighty questions, written before the rules: sure findings block a consultation, unsure ones advise.

A plain question with two joined words raises no finding, since false alarms make officers ignore a linter.
"""

import pytest

GOOD = [
    "How safe and welcome do you feel at the youth club?",
    "How safe or unsafe do you feel on the bus and at the stop?",
    "How is it before school and after school?",
    "How do you feel on the train and at the station?",
    "How do you get on with your teachers and tutors?",
    "Do you feel warm and welcome in the waiting room?",
    "Is the leaflet clear and easy to follow?",
    "Were the staff kind and friendly?",
    "Is your bedroom safe and secure?",
    "Do you feel safe and comfortable in the changing rooms?",
    "Do you feel heard and listened to in meetings?",
    "How safe or unsafe is the playground before and after lunch?",
    "What would make lessons and assemblies better?",
    "Where do you and your friends go on Saturdays?",
    "Have you seen the posters in the corridors and in the classrooms?",
    "Do you play out on your street and in the park near it?",
    "How often do you use buses and trains?",
    "What do mums and dads here worry about?",
    "How long have you lived in and around Millbrook?",
    "Would you join a club for arts and crafts?",
    "What is it like at break and at lunch?",
    "How do you feel in the mornings and in the evenings?",
    "Do you know the terms and conditions of the app?",
    "How easy or hard is it to find advice and support?",
    "What did you think of the sound and lighting?",
    "Who can you talk to at home and in your family?",
    "How do you like to be told about times and dates?",
    "Is there somewhere safe and dry to leave a bike?",
    "Have you used the drop-in at Beck House and Hill House?",
    "Do you have enough time to rest and relax?",
    "What would help children and parents to come?",
    "Is the water in the pool nice and warm?",
    "What do you do online and on your phone most days?",
    "Did you feel calm and relaxed at the end?",
    "Do staff treat you with dignity and respect?",
    "Would you like a say in the rules and rewards at the club?",
    "How do you feel in the park and on the playing fields?",
    "Do workers keep you safe and well?",
    "What makes a place quiet and calm for you?",
    "Is it clear when and where the group meets?",
]
SURE = [
    "Do you go to the club, and do you like it?",
    "How often do you swim and how far is the pool?",
    "Is the bus on time? Is it clean?",
    "Do you feel safe at school and at home?",
    "How safe or unsafe do you feel on the bus and in the park?",
    "Do you feel happy at home and online?",
    "How good or bad are the teachers and the buildings?",
    "Is the hostel clean and cheap?",
    "Are the buses cheap and safe?",
    "Is the clinic near and quiet?",
    "Were you seen quickly and was the nurse kind?",
    "How satisfied are you with the price and quality of the meals?",
    "Are you happy with your school and with your home?",
    "Do you trust the police and your teachers?",
    "Why did you leave and where do you go now?",
    "Do you use the library and would you miss it?",
    "How easy is it to get there and how much does it cost?",
    "Have you met your worker and did they explain the plan?",
    "Is the app free and easy to use?",
    "Do you like your school and your street?",
    "How helpful or not were the police and the school?",
    "Do you know your rights and can you use them?",
    "When do you go to bed and when do you get up?",
    "How do you feel about your home and your school?",
]
NOT_SURE = [
    "Do your teachers listen and help?",
    "Are the youth workers friendly and helpful?",
    "Is it easy to book as well as to cancel?",
    "Do you walk and cycle for fun?",
    "Were you told about the plan and about the fees?",
    "Do you like the music and the games?",
    "Is the room both light and warm?",
    "Do you sleep and eat well?",
    "Was the course useful and interesting?",
    "Do you go out with neighbours and with cousins?",
    "Were the tents dry and tidy?",
    "Do you enjoy football and have time for it?",
    "Do you feel proud and hopeful about your work?",
    "Are meetings short and/or useful?",
    "Do staff explain things and ask you what you think?",
    "How clear or unclear are the map and the signs?",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_question_that_asks_once_is_left_in_peace(words_found, text):
    assert (words_found("double", text), words_found("double-perhaps", text)) == ([], [])


@pytest.mark.parametrize("text", SURE)
def test_what_surely_asks_twice_stops_it_and_is_said_once(words_found, text):
    assert words_found("double", text)
    assert words_found("double-perhaps", text) == []


@pytest.mark.parametrize("text", NOT_SURE)
def test_what_may_ask_twice_is_advice(words_found, text):
    assert words_found("double", text) == []
    assert words_found("double-perhaps", text)


def test_there_are_forty_of_each():
    assert len(set(GOOD)) == 40 and len({*SURE, *NOT_SURE}) == 40
