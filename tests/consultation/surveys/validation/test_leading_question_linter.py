"""Leading questions, and questions that only look so."""

import pytest

from tests.consultation.surveys.conftest import when

LEANING = [
    "Don't you agree that parks should be lit?",
    "Don’t you think school starts too early?",
    "Isn't it hard to find help?",
    "Wouldn't you like more buses?",
    "Do you not think that this is unfair?",
    "Shouldn't people ask first?",
    "How great was the new club?",
    "How bad was your wait?",
    "How terrible is the lighting?",
    "Do you agree that the park is not safe?",
    "Would you agree that staff are kind?",
    "Would you say that adults listen?",
    "You feel safe here, don't you?",
    "The club is good, isn't it?",
    "You would come back, right?",
    "Of course you want to feel safe: what helps?",
    "Obviously nobody likes waiting. How long did you wait?",
    "As we all know, buses are late. How late was yours?",
    "Most people think that parks need lights. Do you?",
    "What did you like about our excellent new library?",
    "What do you think of the terrible bus service?",
    "Why is the park so unsafe?",
    "Why are the buses always so late?",
    "Research shows that sleep helps. Do you sleep enough?",
    "Do you support our new plan for parks?",
    "Everyone knows the town is loud. How do you feel there?",
    "Clearly, the lights help. How much?",
    "Don't you think adults should listen more?",
    "Wouldn't it be better to close the park at night?",
    "How awful was it to wait?",
    "Do you agree that police should do more?",
    "Given how dangerous the park is, should it be closed?",
    "Should the council stop wasting money on parks?",
    "Surely you feel safe at home?",
    "How much better do you feel after the course?",
    "What problems did you have with your worker?",
    "Shouldn't every child have a safe way home?",
    "Like most people, do you think that the park needs lights?",
    "Are you in favour of more lights in the park?",
    "Most children say that the new park is great. Do you?",
    "Why do you think the police do such a good job?",
    "Would any good parent let a child walk home alone?",
    "Can you see why the council had to close the pool?",
    "Nearly everyone thinks school dinners are better now. What do you think?",
    "How much better is the new playground?",
    "Do you not think that litter is a disgrace?",
    "As you know, the library costs too much to run. Should it close?",
    "Would you be sad if the wonderful youth club had to shut?",
    "Surely you feel safer with the cameras?",
    "Experts agree that phones harm children. Should phones be banned at school?",
    "What do you like most about our excellent new bus service?",
    "Do you agree that the council is doing a great job?",
    "Don't you want your town to be clean?",
    "Isn't it unfair that cyclists get their own lanes?",
    "Should the council stop wasting money on statues?",
    "Like most sensible people, do you think bikes should have bells?",
    "Lots of young people love the new café. Have you been?",
    "9 out of 10 parents want later buses. Do you?",
    "The majority of pupils prefer packed lunches. Which do you prefer?",
    "As most people agree, streets need trees. Where should we plant them?",
    "Almost all teachers believe phones distract. Should we ban them?",
    "Everybody loves the splash park. How often do you go?",
    "Why does the council make such bad decisions?",
    "Why are adults always too busy to listen?",
    "Why do our brilliant nurses deserve more pay?",
    "Would a caring person drop litter?",
    "Should any responsible driver speed near schools?",
    "Do all decent people recycle?",
    "Can you understand why we must cut the service?",
    "Do you accept that cuts are needed?",
    "Do you realise how much the pool costs?",
    "Will you admit that school is fun?",
    "Most grown-ups agree that school is hard work. Is it?",
    "Two out of three pupils hate PE. Do you?",
    "Why is the swimming pool such fun?",
]
EVEN = [
    "Are you in favour of or against more lights?",
    "Do you like most people in your class?",
    "How safe or unsafe do you feel?",
    "How good or bad was the course for your job?",
    "How easy or hard is it to check that a taxi has a licence?",
    "Do you agree or disagree that the park is safe?",
    "How much do you agree or disagree with this?",
    "What do you think of the new library?",
    "Why do you not use the bus?",
    "What would make the park brilliant?",
    "What is good about the club?",
    "What makes a good youth worker?",
    "Did we explain this clearly?",
    "Is there a place near you where you can meet friends for free?",
    "How often do you go to the park?",
    "How long did you wait?",
    "How many good friends do you have?",
    "What would make it a good place for you?",
    "Who should decide about parks?",
    "Did the letter say that it is important?",
    "What is the best way to tell you?",
    "If you do not feel safe, is there an adult you could talk to?",
    "Have you heard the words “don't you agree”?",
    "Do you want to have a say, or not?",
    "What would you do on a good day?",
    "Are the good times of the club known?",
    "How old are you?",
    "Which would you like, a club or a park?",
    "How do you feel when you wait for a bus or train?",
    "Do you think your school is a good place to learn?",
    "What would make your park a good place to play?",
    "How good or bad is the bus you take to school?",
    "Why do you think some children don't use the library?",
    "Why do some children not go to clubs?",
    "Can you see the river from where you play?",
    "Can you tell us why you chose that answer?",
    "Can you say why?",
    "Do most of your friends walk to school?",
    "Some children like quiet places and some like busy places. Which do you like?",
    "Some young people feel safe on the bus and others do not. How do you feel on the bus?",
    "Would a good park have swings, in your view?",
    "What does a good teacher do?",
    "What makes a good friend?",
    "Do you think the police do a good job, a bad job or something in between?",
    "How easy or hard is it to see a doctor?",
    "Can you see a doctor when you need to?",
    "Why do you think that?",
    "Most schools have a council. Does yours?",
    "Many children walk to school. How do you get there?",
    "Do most young people think the bus costs too much?",
    "How many people do you think agree with you?",
    "What do most people in your class want to be asked about?",
    "Do you understand why your social worker visits?",
    "Do you know why the pool is closed?",
    "Did you know that the library is free?",
    "Can you see the board in class?",
    "Can you see a dentist near home?",
    "What would a good friend say?",
    "What do good parents need from the council?",
    "Do you see your dad as often as you would like?",
    "Everyone is different. What helps you?",
    "Many parks have a café. Would you like one?",
    "Would a thoughtful sign help you to find the way?",
    "Can you see that the sign is for bikes?",
    "Why is swimming popular with your friends?",
    "As far as you know, is the library free?",
    "Most adults here like living by the river.",
]


@pytest.mark.parametrize("text", LEANING)
def test_a_leaning_question_is_found(words_found, text):
    assert words_found("leading", text)


@pytest.mark.parametrize("text", EVEN)
def test_an_even_question_is_left_in_peace(words_found, text):
    assert words_found("leading", text) == []


ONE_END = "How helpful was your worker?"


@pytest.mark.parametrize(
    ("type_", "choices", "found"),
    [
        ("long_text", [], True),
        ("yesno", [], True),
        ("faces", [], False),
        ("single", ["Very helpful", "Helpful", "Quite helpful"], True),
        ("single", ["Very helpful", "Quite helpful", "Not helpful"], False),
        ("single", ["Helpful", "Unhelpful"], False),
    ],
)
def test_one_end_alone_leans_where_the_answers_do_not_offer_the_other(words_found, type_, choices, found):
    assert bool(words_found("leading", ONE_END, type_, choices)) == found


def test_both_ends_in_words_are_enough(words_found):
    assert words_found("leading", "How helpful or unhelpful was your worker?", "long_text") == []


def test_why_do_you_like_it_is_for_those_who_said_so(words_found):
    assert words_found("leading", "Why do you like the club?", "long_text") == ["Why do you like"]
    assert words_found("leading", "Why do you like the club?", "long_text", show_if=when("like", "yes")) == []
    assert words_found("leading", "Why is the club so loud?", "long_text") == ["Why is the club so loud"]
    assert words_found("leading", "Why is the club so loud?", "long_text", show_if=when("loud", "yes")) == []


def test_a_statement_to_agree_with_may_have_a_side(words_found):
    assert words_found("leading", "Adults ask young people before they plan a place.", "agreement") == []


def test_the_easy_words_are_read_too_and_the_fix_names_the_loaded_word(spots):
    from tests.consultation.surveys.conftest import asked

    found = spots("leading", asked("q", "What did you think?", "long_text", easy="How was our great club?"))
    assert [(spot.field, spot.found) for spot in found] == [("easy", "our great club")]
    assert "“great”" in found[0].fix
