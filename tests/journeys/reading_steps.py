"""What a reader does at the desk, step by step."""


def focused(page):
    return page.evaluate("document.activeElement.id")


def select(page, words, occurrence=0):
    """Select words inside the raw answer as a mouse would: across whatever pieces they lie in."""
    page.evaluate(
        """([words, occurrence]) => {
            const pieces = [...document.querySelectorAll('.raw [data-at]')];
            const hits = pieces.flatMap((piece) => {
                const found = [];
                for (let at = piece.textContent.indexOf(words); at >= 0; at = piece.textContent.indexOf(words, at + 1)) {
                    found.push([piece.firstChild, at]);
                }
                return found;
            });
            const [node, at] = hits[occurrence];
            getSelection().setBaseAndExtent(node, at, node, at + words.length);
        }""",
        [words, occurrence],
    )


def swapped(page, action):
    """Wait until the reply to a change of what is hidden has taken the page's place."""
    before = page.query_selector("#desk-form")
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        action()
    before.wait_for_element_state("hidden")


def clear_with_reason(page):
    """Clear a flagged answer by keyboard, with the first of the usual reasons."""
    page.keyboard.press("w")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
