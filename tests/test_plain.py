"""A session line by line: what is asked, what is told, what is kept, and in which order."""

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from quiz import i18n, wording
from quiz.bank import load
from quiz.errors import StoreLocked
from quiz.history import edition
from quiz.models import Bank, Confidence, Verdict
from quiz.plain import PlainSession
from quiz.session import Answer, Kind, Plan
from quiz.store import Run, Store

AT = datetime(2025, 11, 22, 9, 30, tzinfo=UTC)
NEUTRAL, NOT_NEUTRAL = Verdict
HERE = Path(__file__).parent
DECK = ("memakai-kaus", "memakai-seragam", "bertanya-pilihan", "datang-pagi")
RIGHT = ("2", "", "1", "", "2", "", "1")
KEPT = "The session is kept."
ASKS = "Your answer"
ASKS_HOW_SURE = "How sure are you?"
GOES_ON = "Enter goes on"


def bank_in(root: Path) -> Bank:
    found, problems = load(root)
    assert found, problems
    return found


@pytest.fixture(scope="module")
def bank() -> Bank:
    return bank_in(HERE / "small_bank")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "netral.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store.open(path, wait=0)) as store:
        yield store


def begun(store: Store, *deck: str) -> Run:
    return store.begin(Plan(Kind.SCENARIO, "kaus-partai", deck or DECK), "kecil", AT)


def play(
    bank: Bank,
    store: Store,
    run: Run,
    *typed: str,
    language: str = "en",
    say: io.StringIO | None = None,
    data: io.StringIO | None = None,
    confidence: bool = False,
    reserved: frozenset[str] = frozenset(),
) -> tuple[Run, str]:
    """Play with these lines typed; returns where the session stands, and what was said."""
    ask = io.StringIO("".join(f"{line}\n" for line in typed))
    say = say or io.StringIO()
    session = PlainSession(
        bank, store, language, lambda: AT, ask=ask, say=say, data=data,
        confidence=confidence, reserved=reserved,
    )  # fmt: skip
    return session.play(run), say.getvalue()


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def order(text: str, parts: Sequence[str]) -> list[int]:
    """Where each part stands, once, in the text as it was before it was broken into lines."""
    whole = unwrapped(text)
    assert [whole.count(part) for part in parts] == [1] * len(parts)
    return [whole.index(part) for part in parts]


def logged(path: Path, select: str = "SELECT question, given, expected FROM answer") -> list[Any]:
    """What another program reads in the database."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(select).fetchall()


class Watched(io.StringIO):
    """A stream that reports what is written to it, before it is there."""

    def __init__(self, watch: Callable[[str], None]) -> None:
        super().__init__()
        self._watch = watch

    def write(self, text: str) -> int:
        self._watch(text)
        return super().write(text)


class Typed(io.StringIO):
    """Lines typed by somebody who does something else before the first of them."""

    def __init__(self, lines: str, before: Callable[[], None]) -> None:
        super().__init__(lines)
        self._before = [before]

    def readline(self, size: int | None = -1, /) -> str:
        while self._before:
            self._before.pop()()
        return super().readline(size or -1)


def test_a_whole_session_is_asked_answered_explained_and_kept(
    bank: Bank, store: Store, path: Path
) -> None:
    run, said = play(bank, store, begun(store), *RIGHT)

    assert run.session.done
    assert run.session.score.right == 4
    verdicts = [bank.question[id].verdict.value for id in DECK]
    assert logged(path) == list(zip(DECK, verdicts, verdicts, strict=True))
    assert logged(path, "SELECT count(*) FROM reading") == [(4,)]
    assert logged(path, "SELECT reason FROM ending") == [("finished",)]
    assert said.count(ASKS) == 4
    assert said.count(GOES_ON) == 3
    asked_and_explained = [
        part
        for question in (bank.question[id] for id in DECK[2:])
        for part in (f"The act: {question.act.say('en')}", question.explanation.say("en"))
    ]
    positions = order(said, asked_and_explained)
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("1", NEUTRAL),
        ("n", NEUTRAL),
        ("N", NEUTRAL),
        ("  1\t", NEUTRAL),
        ("2", NOT_NEUTRAL),
        ("t", NOT_NEUTRAL),
        ("T", NOT_NEUTRAL),
    ],
)
def test_an_answer_is_a_number_or_the_first_letter_of_the_indonesian_word(
    bank: Bank, store: Store, path: Path, typed: str, given: Verdict
) -> None:
    play(bank, store, begun(store), typed)

    assert logged(path) == [("memakai-kaus", given, NOT_NEUTRAL)]


def test_the_numbers_stand_before_the_verdicts_they_mean(bank: Bank, store: Store) -> None:
    _run, said = play(bank, store, begun(store))

    lines = said.splitlines()
    assert f"1. {wording.verdict(NEUTRAL)}" in lines
    assert f"2. {wording.verdict(NOT_NEUTRAL)}" in lines


def test_what_is_no_answer_is_asked_again_and_not_kept(
    bank: Bank, store: Store, path: Path
) -> None:
    wrong = ["", "3", "12", "ya", "nt", "1 2", "\x1b[A", "１", "�", "x" * 5000]

    run, said = play(bank, store, begun(store), *wrong, "2")

    assert run.session.score.right == 1
    assert len(logged(path)) == 1
    assert said.count(ASKS) == len(wrong) + 1
    assert said.count("Please type") == len(wrong)


@pytest.mark.parametrize("stop", ["q", "Q", " q ", "quit"])
def test_q_stops_before_an_answer_and_nothing_is_kept_of_the_question(
    bank: Bank, store: Store, path: Path, stop: str
) -> None:
    run, said = play(bank, store, begun(store), stop, "2")

    assert not run.session.answers
    assert logged(path) == []
    assert KEPT in said


def test_q_stops_after_an_explanation_which_then_comes_once_more(
    bank: Bank, store: Store, path: Path
) -> None:
    run, said = play(bank, store, begun(store), "2", "q", "1")

    assert run.session.explaining
    assert len(logged(path)) == 1
    assert logged(path, "SELECT * FROM reading") == []
    assert KEPT in said


def test_anything_but_q_goes_on(bank: Bank, store: Store) -> None:
    run, _said = play(bank, store, begun(store), "2", "1", "1", "what?", "q")

    assert run.session.read == 2


@pytest.mark.parametrize("typed", range(len(RIGHT)))
def test_a_session_whose_input_ends_anywhere_goes_on_from_that_very_place(
    bank: Bank, store: Store, path: Path, typed: int
) -> None:
    stopped, before = play(bank, store, begun(store), *RIGHT[:typed])
    found = store.unfinished("kecil")
    assert found == stopped
    assert KEPT in before.splitlines()[-1]
    assert logged(path, "SELECT * FROM ending") == []

    question = bank.question[stopped.session.current]
    run, after = play(bank, store, found, *RIGHT[typed:])

    assert run.session.done
    assert run.session.score.right == 4
    assert len(logged(path)) == 4
    place = f"Question {stopped.session.read + 1} of 4"
    assert place in before
    told = [place, f"The act: {question.act.say('en')}", question.explanation.say("en")]
    assert order(after, told) == sorted(order(after, told))
    answers_due = 4 - len(stopped.session.answers)
    assert after.count(ASKS) == answers_due
    assert (ASKS in unwrapped(after).partition(told[2])[0]) == (not stopped.session.explaining)


def test_a_last_line_that_lacks_its_end_counts(bank: Bank, store: Store, path: Path) -> None:
    session = PlainSession(bank, store, "en", lambda: AT, ask=io.StringIO("2"), say=io.StringIO())

    session.play(begun(store))

    assert len(logged(path)) == 1


@pytest.mark.parametrize("closed", [True, False])
def test_without_an_input_the_question_is_told_and_the_session_kept(
    bank: Bank, store: Store, path: Path, closed: bool
) -> None:
    ask = io.StringIO("2\n") if closed else None
    if ask:
        ask.close()
    say = io.StringIO()

    run = PlainSession(bank, store, "en", lambda: AT, ask=ask, say=say).play(begun(store))

    assert not run.session.answers
    assert logged(path) == []
    assert "The act: Wayan wears a party shirt." in say.getvalue()
    assert KEPT in say.getvalue()


def test_an_explanation_tells_its_parts_in_their_order(bank: Bank, store: Store) -> None:
    _run, said = play(bank, store, begun(store, "memakai-kaus"), "1")

    positions = order(
        said,
        [
            "Not quite: this is not neutral.",
            "The shirt is a party mark.",
            "“Ia tidak memakai atribut partai di kantor” "
            "(“Kabar Kantor”, Koran Contoh, 6 May 2024)",
            "They wear no party marks at the office",
            "Instead: Wear the uniform.",
            "Contrast: Wayan wears the uniform. Neutral.",
            "Law: Aturan Contoh, Pasal 1: The office is free of party marks.",
            "December 2025",
            "Right 0/1",
        ],
    )
    assert positions == sorted(positions)


def test_an_explanation_is_told_after_a_right_answer_as_after_a_wrong_one(
    bank: Bank, store: Store
) -> None:
    _run, right = play(bank, store, begun(store, "memakai-kaus"), "2")
    _run, wrong = play(bank, store, begun(store, "memakai-kaus"), "1")

    explained = [
        said.partition("The shirt is")[2].partition("Right ")[0] for said in (right, wrong)
    ]
    assert explained[0] == explained[1] != ""


def test_a_question_without_instead_contrast_and_law_is_explained_without_them(
    bank: Bank, store: Store
) -> None:
    _run, said = play(bank, store, begun(store, "datang-pagi"), "1")

    assert "He serves the citizens." in said
    assert not [word for word in ("Instead", "Contrast", "Law") if word in said]


def test_a_contrast_is_held_back_while_it_is_still_to_come(bank: Bank, store: Store) -> None:
    _run, said = play(bank, store, begun(store), "2", "", "1")

    before, _asked, after = said.partition("The act: Wayan wears the uniform.")
    assert "still to come" in before
    assert "Wayan wears the uniform." not in before
    assert "Contrast: Wayan wears a party shirt. Not neutral." in after
    assert "still to come" not in after


def test_a_situation_is_told_once_while_its_scenario_lasts(store: Store) -> None:
    training = bank_in(HERE / "training_bank")
    one, other = training.scenarios
    deck = [*(q.id for q in one.questions[:3]), other.questions[0].id, one.questions[3].id]

    _run, said = play(training, store, begun(store, *deck), *["1"] * 9)

    situations = [scenario.situation.say("en") for scenario in (one, other)]
    assert [unwrapped(said).count(situation) for situation in situations] == [2, 1]


def test_a_gloss_is_told_in_its_own_language_only(bank: Bank, store: Store) -> None:
    gloss = bank.question["memakai-kaus"].citations[0].gloss["en"]

    _run, english = play(bank, store, begun(store), "2")
    i18n.install("id")
    _run, indonesian = play(bank, store, begun(store), "2", language="id")

    assert gloss in english
    assert gloss not in indonesian
    for said in (english, indonesian):
        assert "“Ia tidak memakai atribut partai di kantor”" in unwrapped(said)


def test_a_bank_that_lacks_the_language_is_told_in_its_first_one(bank: Bank, store: Store) -> None:
    _run, said = play(bank, store, begun(store), "2", language="fr")

    assert "Wayan memakai kaus partai." in said


def test_a_session_is_named_and_its_result_lists_principles_and_what_was_missed(
    store: Store,
) -> None:
    training = bank_in(HERE / "training_bank")
    deck = [training.scenarios[0].questions[0], *training.scenarios[1].questions[:2]]
    wrong = {NEUTRAL: "2", NOT_NEUTRAL: "1"}
    right = {NEUTRAL: "1", NOT_NEUTRAL: "2"}
    typed = [right[deck[0].verdict], "", wrong[deck[1].verdict], "", right[deck[2].verdict]]
    run = store.begin(Plan(Kind.LEVEL, "basic", tuple(q.id for q in deck)), "netral", AT)

    run, said = play(training, store, run, *typed)

    assert said.startswith("Level: Basic\n")
    result = said.rpartition("Right 2/3\n")[2]
    names = [training.principles[s.principle].name.say("en") for s in training.scenarios]
    assert result.splitlines()[1:4] == [
        "2 of 3 right. Below the mark of 80%",
        f"{names[0]}: 1/1",
        f"{names[1]}: 1/2",
    ]
    assert unwrapped(result).endswith(f"Not right yet: - {deck[1].act.say('en')}")


def test_where_nothing_was_missed_nothing_is_listed(bank: Bank, store: Store) -> None:
    _run, said = play(bank, store, begun(store), *RIGHT)

    assert said.endswith("4 of 4 right. Passed (mark 50%)\nNo party marks: 4/4\n")


def test_a_question_that_left_the_bank_is_passed_over(bank: Bank, store: Store) -> None:
    run = begun(store, "soal-yang-dicabut", "datang-pagi")

    run, said = play(bank, store, run, "1")

    assert run.session.done
    assert "Question 1 of 1" in said
    assert store.unfinished("kecil") is None


def test_objects_come_one_a_line_and_everything_else_goes_to_the_other_stream(
    bank: Bank, store: Store
) -> None:
    data = io.StringIO()

    _run, said = play(bank, store, begun(store), "1", "", "1", "", "2", "q", data=data)
    _run, plain = play(bank, store, begun(store), "1", "", "1", "", "2", "q")

    assert said == plain
    objects = [json.loads(line) for line in data.getvalue().splitlines()]
    assert [found["question"] for found in objects] == list(DECK[:3])
    assert objects[0] == {
        "principle": "tanpa-atribut",
        "scenario": "kaus-partai",
        "question": "memakai-kaus",
        "act": "Wayan wears a party shirt.",
        "given": "neutral",
        "verdict": "not-neutral",
        "right": False,
        "confidence": None,
        "explanation": "The shirt is a party mark.",
        "citations": [
            {"source": "koran-2024", "quote": "Ia tidak memakai atribut partai di kantor"}
        ],
        "instead": "Wear the uniform.",
        "contrast": "memakai-seragam",
        "laws": ["aturan-1"],
    }
    assert [found["right"] for found in objects] == [False, True, True]
    assert objects[1]["instead"] is None
    assert objects[2]["contrast"] is None
    assert objects[2]["laws"] == []


def test_objects_speak_the_language_and_can_be_written_in_any_encoding(
    small: Any, store: Store
) -> None:
    small.edit(
        "scenarios/tanpa-atribut/kaus-partai.yaml", "id: Wayan memakai kaus", "id: “Wayan” é"
    )
    data = io.StringIO()

    play(bank_in(small.root), store, begun(store), "1", language="id", data=data)

    assert data.getvalue().isascii()
    assert json.loads(data.getvalue())["act"] == "“Wayan” é partai."


@pytest.mark.parametrize("language", ["en", "id"])
def test_nothing_that_a_terminal_obeys_is_written(bank: Bank, store: Store, language: str) -> None:
    i18n.install(language)
    data = io.StringIO()

    _run, said = play(
        bank, store, begun(store), "\x1b[2J", "1", "", "2", "", "1", "", "2",
        language=language, data=data,
    )  # fmt: skip

    for text in (said, data.getvalue()):
        assert text.endswith("\n")
        assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text) == []


def test_no_line_is_wider_than_a_narrow_terminal_and_no_word_is_broken(store: Store) -> None:
    training = bank_in(HERE / "training_bank")

    _run, said = play(training, store, begun(store, *training.question), *["1"] * 30)

    assert max(len(line) for line in said.splitlines()) <= 72
    for question in training.question.values():
        assert question.explanation.say("en") in unwrapped(said)


def test_brackets_and_braces_in_a_text_stand_as_they_were_written(small: Any, store: Store) -> None:
    case = "scenarios/tanpa-atribut/kaus-partai.yaml"
    small.edit(case, "en: Wayan wears a party shirt.", "en: 'Wayan [b]wears[/b] [/] {text} %s {}.'")
    small.edit(case, "en: The shirt is a party mark.", "en: '[link=x]The[/link] {act} \\n.'")
    small.edit(case, "en: Wear the uniform.", "en: '[Wear] {0}.'")

    _run, said = play(bank_in(small.root), store, begun(store, "memakai-kaus"), "1")

    assert "The act: Wayan [b]wears[/b] [/] {text} %s {}." in said
    assert "\n[link=x]The[/link] {act} \\n.\n" in said
    assert "\nInstead: [Wear] {0}.\n" in said
    assert "\n- Wayan [b]wears[/b] [/] {text} %s {}.\n" in said


def test_an_answer_is_in_the_log_before_anything_of_its_explanation_is_told(
    bank: Bank, store: Store, path: Path
) -> None:
    found: dict[str, list[Any]] = {}

    def watch(text: str) -> None:
        for part in ("Right: not neutral.", "The shirt is a party mark.", '"question"'):
            if part in text:
                found.setdefault(part, logged(path))

    play(bank, store, begun(store), "2", say=Watched(watch), data=Watched(watch))

    assert list(found) == ["Right: not neutral.", "The shirt is a party mark.", '"question"']
    assert list(found.values()) == [[("memakai-kaus", "not-neutral", "not-neutral")]] * 3


def test_an_explanation_counts_as_read_only_once_one_goes_on(
    bank: Bank, store: Store, path: Path
) -> None:
    found: dict[str, list[Any]] = {}

    def watch(text: str) -> None:
        for part in (GOES_ON, "Question 2 of 4"):
            if part in text:
                found.setdefault(part, logged(path, "SELECT question FROM reading"))

    play(bank, store, begun(store), "2", "", say=Watched(watch))

    assert found == {GOES_ON: [], "Question 2 of 4": [("memakai-kaus",)]}


def test_an_explanation_that_could_not_be_written_does_not_count_as_read(
    bank: Bank, store: Store
) -> None:
    def watch(text: str) -> None:
        if "Right 1/1" in text:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        play(bank, store, begun(store, "datang-pagi"), "1", say=Watched(watch))

    found = store.unfinished("kecil")
    assert found
    assert found.session.explaining


def test_each_line_is_out_before_an_answer_is_waited_for(bank: Bank, store: Store) -> None:
    said, kept = io.BytesIO(), io.BytesIO()
    say, data = (io.TextIOWrapper(raw, encoding="utf-8") for raw in (said, kept))
    seen: list[str] = []
    ask = Typed("q\n", lambda: seen.extend(raw.getvalue().decode("utf-8") for raw in (said, kept)))
    run = begun(store)
    elsewhere(store.path or Path(), run, NEUTRAL, read=0)()

    PlainSession(bank, store, "en", lambda: AT, ask=ask, say=say, data=data).play(store.run(run.id))

    assert GOES_ON in seen[0].splitlines()[-1]
    assert json.loads(seen[1])["question"] == "memakai-kaus"


def elsewhere(path: Path, run: Run, *given: Verdict, read: int) -> Callable[[], None]:
    """Another window, in which these answers are given and so many explanations left behind."""

    def answer() -> None:
        with closing(Store.open(path)) as other:
            for question, verdict in zip(run.session.deck, given, strict=False):
                expected = NOT_NEUTRAL if question in (DECK[0], DECK[2]) else NEUTRAL
                other.record(run.id, Answer(question, verdict, expected), AT)
            for question in run.session.deck[:read]:
                other.leave_behind(run.id, question, AT, last=question == run.session.deck[-1])

    return answer


def play_beside(
    bank: Bank, store: Store, run: Run, typed: str, other: Callable[[], None]
) -> tuple[Run, str]:
    say = io.StringIO()
    session = PlainSession(bank, store, "en", lambda: AT, ask=Typed(typed, other), say=say)
    return session.play(run), say.getvalue()


def test_an_answer_given_in_another_window_counts_and_is_explained_here(
    bank: Bank, store: Store, path: Path
) -> None:
    run = begun(store)

    run, said = play_beside(
        bank, store, run, "2\n\n1\n\n2\n\n1\n", elsewhere(path, run, NEUTRAL, read=0)
    )

    assert logged(path)[0] == ("memakai-kaus", "neutral", "not-neutral")
    assert len(logged(path)) == 4
    assert "another window" in said
    assert "Not quite: this is not neutral." in said.partition("another window")[2]
    assert run.session.done
    assert run.session.score.right == 3


def test_the_session_goes_on_from_where_another_window_has_brought_it(
    bank: Bank, store: Store, path: Path
) -> None:
    run = begun(store)

    run, said = play_beside(
        bank, store, run, "2\n2\nq\n", elsewhere(path, run, NEUTRAL, NEUTRAL, read=2)
    )

    after = said.partition("another window")[2]
    assert "Question 3 of 4" in after
    assert "Question 2 of 4" not in said
    assert [question for question, _given, _expected in logged(path)] == list(DECK[:3])


def test_a_session_finished_in_another_window_is_over_here_too(
    bank: Bank, store: Store, path: Path
) -> None:
    run = begun(store)
    other = elsewhere(path, run, NEUTRAL, NEUTRAL, NEUTRAL, NEUTRAL, read=4)

    run, said = play_beside(bank, store, run, "2\n", other)

    assert run.session.done
    assert said.count(ASKS) == 1
    assert "2 of 4 right" in said


def test_an_answer_that_cannot_be_kept_is_an_error_and_not_explained(
    bank: Bank, store: Store, path: Path
) -> None:
    run = begun(store)
    say = io.StringIO()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked):
            play(bank, store, run, "2", say=say)

    assert "The shirt is a party mark." not in say.getvalue()
    assert logged(path) == []
    assert not store.run(run.id).session.answers


def test_a_reading_that_cannot_be_kept_is_an_error_and_the_explanation_comes_once_more(
    bank: Bank, store: Store, path: Path
) -> None:
    run = begun(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:

        def watch(text: str) -> None:
            if GOES_ON in text:
                other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreLocked):
            play(bank, store, run, "2", "", say=Watched(watch))

    assert store.run(run.id).session.explaining


def test_a_store_in_memory_says_that_nothing_was_kept(bank: Bank) -> None:
    with closing(Store.in_memory()) as memory:
        _run, said = play(bank, memory, begun(memory), "2")

    assert "not kept" in said.splitlines()[-1]
    assert KEPT not in said


def answers(store: Store, run: Run) -> list[Answer]:
    return [*store.run(run.id).session.answers]


def test_an_answer_names_the_words_it_was_given_to(bank: Bank, store: Store) -> None:
    run = begun(store)

    play(bank, store, run, "2")

    (answer,) = answers(store, run)
    assert answer.edition == edition(bank.question["memakai-kaus"])
    assert answer.confidence is None


def test_confidence_is_asked_between_verdict_and_explanation_where_wanted(
    bank: Bank, store: Store
) -> None:
    run = begun(store)
    data = io.StringIO()

    _run, said = play(
        bank, store, run, "2", "3", "", "1", "4", "", "2", "5", "", "1", "", data=data,
        confidence=True,
    )  # fmt: skip

    assert [a.confidence for a in answers(store, run)] == [*Confidence, None], "Enter skips"
    objects = [json.loads(line)["confidence"] for line in data.getvalue().splitlines()]
    assert objects == ["unsure", "fairly", "sure", None]
    assert said.count(ASKS_HOW_SURE) == 4
    asked, _ask, told = said.partition(ASKS_HOW_SURE)
    assert "The shirt is a party mark." not in asked
    assert "The shirt is a party mark." in told


def test_confidence_is_not_asked_where_it_is_not_wanted(bank: Bank, store: Store) -> None:
    _run, said = play(bank, store, begun(store), *RIGHT)

    assert ASKS_HOW_SURE not in said


def test_what_is_no_confidence_is_asked_again_and_a_line_typed_twice_answers_once(
    bank: Bank, store: Store
) -> None:
    run = begun(store)

    _run, said = play(bank, store, run, "1", "1", "2", "sure", "5", confidence=True)

    assert [(a.given, a.confidence) for a in answers(store, run)] == [(NEUTRAL, Confidence.SURE)]
    assert said.count("Please type 3, 4 or 5") == 3


@pytest.mark.parametrize("typed", [["2"], ["2", "q"], ["2", "six", "q"]])
def test_who_stops_before_saying_how_sure_has_not_answered(
    bank: Bank, store: Store, typed: list[str]
) -> None:
    run = begun(store)

    _run, said = play(bank, store, run, *typed, confidence=True)

    assert answers(store, run) == []
    assert KEPT in said


def test_a_contrast_kept_for_a_test_is_announced_and_not_told(bank: Bank, store: Store) -> None:
    run = begun(store, "memakai-seragam")

    _run, said = play(bank, store, run, "1", reserved=frozenset({"memakai-kaus"}))

    assert "Contrast: The contrasting act is kept for your test." in said
    assert "Wayan wears a party shirt" not in said


def begun_test(store: Store) -> Run:
    return store.begin(Plan(Kind.TEST, "A", DECK), "kecil", AT)


TELLS = ("Right", "Not quite", "party mark.", "Contrast", "The source says", GOES_ON)


def test_a_test_tells_nothing_of_right_and_wrong_until_its_end(bank: Bank, store: Store) -> None:
    data = io.StringIO()

    run, said = play(bank, store, begun_test(store), "2", "2", "2", data=data)

    assert not [word for word in TELLS if word in said]
    assert data.getvalue() == ""
    assert (len(run.session.answers), run.session.read) == (3, 3)
    assert KEPT in said

    run, said = play(bank, store, store.run(run.id), "1", "", "", "", "", data=data)

    assert "Question 4 of 4" in said
    before, _result, after = said.partition("3 of 4 right")
    assert not [word for word in TELLS if word in before]
    told = [f"The act: {bank.question[id].act.say('en')}" for id in DECK]
    assert order(after, told) == sorted(order(after, told))
    assert all(bank.question[id].explanation.say("en") in unwrapped(after) for id in DECK)
    objects = [json.loads(line) for line in data.getvalue().splitlines()]
    assert [found["question"] for found in objects] == list(DECK), "of the whole test"
    assert [found["right"] for found in objects] == [True, False, True, True]


def test_of_the_explanations_after_a_test_one_reads_as_many_as_one_likes(
    bank: Bank, store: Store
) -> None:
    run, said = play(bank, store, begun_test(store), "2", "1", "2", "1", "", "q", "")

    after = said.partition("4 of 4 right")[2]
    assert [bank.question[id].explanation.say("en") in after for id in DECK[:2]] == [True, False]
    assert run.session.done
    assert KEPT not in said


def test_a_test_cut_off_after_an_answer_goes_on_with_the_next_question(
    bank: Bank, store: Store, path: Path
) -> None:
    run = begun_test(store)
    elsewhere(path, run, NEUTRAL, read=0)()

    run, said = play(bank, store, store.run(run.id), "1")

    assert "Question 1 of 4" not in said
    assert "Question 2 of 4" in said
    assert [a.given for a in run.session.answers] == [NEUTRAL, NEUTRAL]
    assert run.session.read == 2
    assert not [word for word in TELLS if word in said]
