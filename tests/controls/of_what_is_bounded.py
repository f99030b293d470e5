"""Of one person who could keep a clinic waiting, and of what is sent while the database is away."""

from __future__ import annotations

from typing import Final

from .control import Control

IN_LINE: Final = "tests/test_papers_in_line.py"
UNANSWERED: Final = "tests/accounts/test_unanswered.py"
TOO_MANY: Final = "tests/tapers/test_too_many_steps.py"
CONTROLS: Final = (
    Control(
        "H86",
        "a paper is set in its turn",
        "taperplanner/typesetting/__init__.py",
        "        with line().turn(asker.get()):",
        "        if True:",
        IN_LINE,
    ),
    Control(
        "H86",
        "one person has a few places in the line",
        "taperplanner/typesetting/line.py",
        "        if (own := self._in_line(who)) >= self._of_one:",
        "        if (own := self._in_line(who)) >= 99:",
        IN_LINE,
    ),
    Control(
        "H86",
        "the line is shorter than a server has threads",
        "taperplanner/typesetting/line.py",
        "        if len(self._waiting) + len(self._set) >= self._most:",
        "        if False:",
        IN_LINE,
    ),
    Control(
        "H86",
        "whoever has the fewest papers being set is served first",
        "taperplanner/typesetting/line.py",
        "        return ticket is min(self._waiting, key=lambda one: sum(other.who == one.who for other in self._set))",
        "        return ticket is self._waiting[0]",
        IN_LINE,
    ),
    Control(
        "H86",
        "what had no place in the line comes back with its key",
        "taperplanner/accounts/papers.py",
        "        if not isinstance(error, TooManyPapers):",
        "        if True:",
        IN_LINE,
    ),
    Control(
        "H86",
        "a patient of a batch who had no place is printed later",
        "taperplanner/handouts/batches/printing.py",
        "            batch.items.give_back(item)\n",
        "            pass\n",
        IN_LINE,
    ),
    Control(
        "H86",
        "a draft of too many steps is refused as it is typed",
        "taperplanner/tapers/actions/drafts.py",
        "    refuse_too_many(typed, draft.content)\n",
        "",
        TOO_MANY,
    ),
    Control(
        "H86",
        "a draft of thousands of steps from before is no page of cells",
        "taperplanner/tapers/views/drafts.py",
        "    if is_beyond_a_page(typed):",
        "    if False:",
        TOO_MANY,
    ),
    Control(
        "H87",
        "what cannot be answered holds what was typed",
        "taperplanner/serving/errors.py",
        "    if is_away(sys.exc_info()[1]) and",
        "    if False and",
        UNANSWERED,
    ),
    Control(
        "H87",
        "it is sent again with the key of its form",
        "taperplanner/accounts/unanswered.py",
        '        "key": key_for(request),',
        '        "key": "f" * 32,',
        UNANSWERED,
    ),
    Control(
        "H87",
        "nothing of it is kept by a cache",
        "taperplanner/accounts/unanswered.py",
        "    add_never_cache_headers(response)\n",
        "",
        UNANSWERED,
    ),
    Control(
        "H87",
        "another site's form is repeated to nobody",
        "taperplanner/accounts/unanswered.py",
        "    return check.process_view(request, unanswered, (), {}) is None",
        "    return True",
        UNANSWERED,
    ),
)
