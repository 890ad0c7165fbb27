"""The report of a room as tables."""

from quiz import i18n
from quiz.models import Bank
from quiz.report import report
from quiz.report_tables import people, principles, rounds, summary
from quiz.room import Room
from quiz.sheets import Cell, Table

from .evenings import BANK, Held, lead, led, setup
from .test_report_page import OCCASION


def objects(table: Table) -> list[dict[str, Cell]]:
    keys = [column.key for column in table.columns]
    assert len(set(keys)) == len(keys)
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def test_a_round_is_a_row() -> None:
    room = led([Held(20, 10, hands=(6, 4)), Held(30, 10)])

    first, second = objects(rounds(report(room, BANK), BANK, "en"))

    assert first == {
        "number": 1,
        "question": "pasar-0",
        "principle": "Prinsip loket",
        "scenario": "pasar",
        "act": "Tindakan pasar 0.",
        "verdict": "Neutral",
        "round": 1,
        "present": 40,
        "phones": 30,
        "hands": 10,
        "neutral": 26,
        "not_neutral": 14,
        "phones_neutral": 20,
        "phones_not_neutral": 10,
        "hands_neutral": 6,
        "hands_not_neutral": 4,
        "right": 0.65,
    }
    assert (second["round"], second["neutral"], second["right"]) == (2, 30, 0.75)


def test_what_fewer_than_five_said_has_empty_cells() -> None:
    [row] = objects(rounds(report(led([Held(3, 1)]), BANK), BANK, "en"))

    told = {"number", "question", "principle", "scenario", "act", "verdict"}
    told |= {"round", "present", "phones", "hands"}
    assert (row["phones"], row["hands"]) == (4, 0)
    assert {key for key, cell in row.items() if cell is None} == row.keys() - told


def test_a_question_that_is_gone_keeps_its_counts() -> None:
    without = Bank(BANK.manifest, BANK.sources, BANK.laws, BANK.scenarios[1:])

    [row] = objects(rounds(report(led([Held(10, 30)]), without), without, "en"))

    assert (row["question"], row["neutral"], row["not_neutral"]) == ("pasar-0", 10, 30)
    assert (row["act"], row["verdict"], row["right"]) == (None, None, None)


def test_a_principle_is_a_row() -> None:
    [row] = objects(principles(report(led([Held(20, 10)]), BANK), BANK, "en"))

    assert row == {
        "principle": "Prinsip loket",
        "questions": 1,
        "votes": 30,
        "right_votes": 20,
        "right": 0.6667,
    }


def test_the_room_itself_is_a_row() -> None:
    [row] = objects(summary(report(led([Held(20, 10)]), BANK), OCCASION, BANK, "en"))

    assert (row["number"], row["code"], row["date"]) == (7, "K7M2QX", "2026-03-02")
    assert (row["participants"], row["revealed"], row["asked"]) == (40, 1, 8)
    assert row["finished"] == "no"


def test_a_person_is_a_row_with_the_last_vote_on_each_question() -> None:
    given = setup("pasar-0", "pasar-1", "pasar-2", names=True)
    outcomes = ([Held(2, 1), Held(1, 0)], [Held(0, 3)], None)
    room = Room.replay(given, lead(given, *outcomes, names=["Sitti", "Made", "Yohana", "Wahyu"]))

    rows = objects(people(room, BANK))

    assert [row["name"] for row in rows[:4]] == ["Sitti", "Made", "Yohana", "Wahyu"]
    assert rows[2] == {
        "participant": 3,
        "name": "Yohana",
        "team": None,
        "answered": 2,
        "right_answers": 1,
        "right": 0.5,
        "pasar-0": "Not neutral",
        "pasar-1": "Not neutral",
    }
    assert (rows[3]["answered"], rows[3]["right"], rows[3]["pasar-0"]) == (0, None, None)


def test_labels_are_in_the_language_spoken_and_sheets_have_names_that_fit() -> None:
    found = report(led([Held(20, 10)]), BANK)
    for language, label in (("id", "Putaran"), ("en", "Round")):
        i18n.install(language)
        tables = [
            summary(found, OCCASION, BANK, language),
            rounds(found, BANK, language),
            principles(found, BANK, language),
            people(led([Held(20, 10)]), BANK),
        ]
        assert label in [column.label for column in tables[1].columns]
        assert all(0 < len(table.name) <= 31 for table in tables)
        assert len({table.name for table in tables}) == len(tables)
