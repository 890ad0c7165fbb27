"""What is true of a bank only across its files and fields."""

from typing import Any

import pytest

from quiz.crosscheck import Parts, cross_check

CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"
LAWS = "scenarios/laws.yaml"
MANIFEST = "scenarios/bank.yaml"
SEED = "seeds/koran-2024.md"


def only_help(small: Any) -> str:
    (problem,) = small.problems()
    return problem.help


def test_a_good_bank_has_nothing_wrong_across_its_parts(small: Any) -> None:
    assert small.places() == []


def test_parts_that_are_all_missing_have_nothing_wrong_between_them() -> None:
    assert list(cross_check(Parts(None, None, [], []))) == []


def test_two_questions_of_one_file_do_not_share_an_id(small: Any) -> None:
    small.edit(CASE, "id: datang-pagi", "id: bertanya-pilihan")

    (problem,) = small.problems()

    assert small.places() == [f"{CASE}:37:9 duplicate-id"]
    assert f"{CASE}:28" in problem.message


def test_two_questions_of_different_files_do_not_share_an_id(small: Any) -> None:
    text = (small.root / CASE).read_text(encoding="utf-8")
    small.write("scenarios/tanpa-atribut/topi.yaml", text.replace("id: kaus-partai", "id: topi"))

    problems = small.problems()

    assert small.places() == [
        f"scenarios/tanpa-atribut/topi.yaml:{line}:9 duplicate-id" for line in (8, 19, 28, 37)
    ]
    assert f"{CASE}:8" in problems[0].message


def test_two_questions_on_one_line_do_not_share_an_id_either(small: Any) -> None:
    question = (
        "{id: satu, act: {id: a, en: a}, verdict: neutral, explanation: {id: a, en: a}, "
        "citations: [{source: koran-2024, quote: warga, gloss: {en: a}}]}"
    )
    questions = ", ".join([question, question] + [question.replace("satu", x) for x in "bc"])
    small.write(
        CASE,
        "{id: kaus-partai, level: basic, title: {id: a, en: a}, situation: {id: a, en: a}, "
        f"questions: [{questions}]}}",
    )

    assert [place.split()[1] for place in small.places()] == ["duplicate-id"]


def test_three_questions_of_one_id_are_two_too_many(small: Any) -> None:
    small.edit(CASE, "id: datang-pagi", "id: memakai-kaus")
    small.edit(CASE, "id: bertanya-pilihan", "id: memakai-kaus")

    assert small.places() == [f"{CASE}:28:9 duplicate-id", f"{CASE}:37:9 duplicate-id"]


def test_two_scenarios_do_not_share_an_id(small: Any) -> None:
    text = (small.root / CASE).read_text(encoding="utf-8")
    for id in ("memakai-kaus", "memakai-seragam", "bertanya-pilihan", "datang-pagi"):
        text = text.replace(id, f"lagi-{id}")
    small.edit(
        MANIFEST,
        "principles:\n",
        "principles:\n  - {id: b, name: {id: B, en: B}, statement: {id: B, en: B}}\n",
    )
    small.write("scenarios/b/kaus-partai.yaml", text)

    assert small.places() == [f"{CASE}:1:5 duplicate-id"]


def test_two_principles_do_not_share_an_id(small: Any) -> None:
    text = (small.root / MANIFEST).read_text(encoding="utf-8")
    small.write(MANIFEST, text + text[text.index("  - id: tanpa-atribut") :])

    assert small.places() == [f"{MANIFEST}:10:9 duplicate-id"]


def test_two_laws_do_not_share_an_id(small: Any) -> None:
    text = (small.root / LAWS).read_text(encoding="utf-8")
    small.write(LAWS, text + text)

    assert small.places() == [f"{LAWS}:7:7 duplicate-id"]


def test_a_question_may_bear_the_id_of_a_scenario_or_a_law(small: Any) -> None:
    small.edit(CASE, "id: datang-pagi", "id: kaus-partai")
    small.edit(CASE, "id: bertanya-pilihan", "id: aturan-1")

    assert small.places() == []


@pytest.mark.parametrize(
    ("id", "place"),
    [
        ("datang-pagi", f"{CASE}:37:9"),
        ("kaus-partai", f"{CASE}:1:5"),
        ("tanpa-atribut", f"{MANIFEST}:8:9"),
    ],
)
def test_a_retired_id_is_not_used_again(small: Any, id: str, place: str) -> None:
    small.edit(MANIFEST, "principles:\n", f"retired: [pernah-ada, {id}]\nprinciples:\n")

    assert small.places() == [f"{place} retired-id"]


def test_of_what_is_retired_nothing_is_missed(small: Any) -> None:
    small.edit(MANIFEST, "principles:\n", "retired: [pernah-ada, aturan-1]\nprinciples:\n")

    assert small.places() == []


def test_the_opening_scenario_exists(small: Any) -> None:
    small.edit(MANIFEST, "opening: kaus-partai", "opening: kaus-partei")

    assert small.places() == [f"{MANIFEST}:5:10 unknown-scenario"]


def test_a_folder_of_scenarios_is_a_principle_of_the_bank(small: Any) -> None:
    small.edit(MANIFEST, "  - id: tanpa-atribut", "  - id: tanpa-kartu")

    assert small.places() == [f"{CASE}:1:1 unknown-principle"]
    assert "tanpa-kartu" in only_help(small)


def test_a_not_neutral_act_says_what_to_do_instead(small: Any) -> None:
    small.edit(CASE, "    instead: {id: Pakai seragam., en: Wear the uniform.}\n", "")

    assert small.places() == [f"{CASE}:8:5 missing-instead"]


def test_a_neutral_act_has_nothing_to_do_instead(small: Any) -> None:
    small.edit(
        CASE,
        "    explanation: {id: Ia melayani",
        "    instead: {id: Tidak ada., en: Nothing.}\n    explanation: {id: Ia melayani",
    )

    assert small.places() == [f"{CASE}:40:14 needless-instead"]


def test_turning_a_verdict_round_breaks_all_that_hangs_on_it(small: Any) -> None:
    small.edit(
        CASE,
        "verdict: neutral\n    explanation: {id: Seragam",
        "verdict: not-neutral\n    explanation: {id: Seragam",
    )

    assert small.places() == [
        f"{CASE}:13:15 contrast-same-verdict",
        f"{CASE}:19:5 missing-instead",
        f"{CASE}:23:15 contrast-same-verdict",
    ]


def test_a_contrast_is_a_question_of_the_same_scenario(small: Any) -> None:
    small.edit(CASE, "contrast: memakai-kaus", "contrast: memakai-topi")

    assert small.places() == [
        f"{CASE}:13:15 contrast-one-sided",
        f"{CASE}:23:15 unknown-contrast",
    ]


def test_a_contrast_is_not_a_question_of_another_scenario(small: Any) -> None:
    text = (small.root / CASE).read_text(encoding="utf-8")
    for id in ("kaus-partai", "memakai-kaus", "memakai-seragam", "bertanya-pilihan", "datang-pagi"):
        text = text.replace(id, f"lain-{id}")
    small.write("scenarios/tanpa-atribut/lain-kaus-partai.yaml", text)
    assert small.places() == []

    small.edit(CASE, "contrast: memakai-kaus", "contrast: lain-memakai-kaus")

    assert f"{CASE}:23:15 unknown-contrast" in small.places()


def test_a_contrast_has_the_other_verdict(small: Any) -> None:
    small.edit(CASE, "contrast: memakai-kaus", "contrast: datang-pagi")

    assert small.places() == [
        f"{CASE}:13:15 contrast-one-sided",
        f"{CASE}:23:15 contrast-same-verdict",
    ]


def test_a_question_is_not_its_own_contrast(small: Any) -> None:
    small.edit(CASE, "contrast: memakai-kaus", "contrast: memakai-seragam")

    assert f"{CASE}:23:15 contrast-same-verdict" in small.places()


def test_a_pair_is_joined_from_both_sides(small: Any) -> None:
    small.edit(CASE, "    contrast: memakai-kaus\n", "")

    assert small.places() == [f"{CASE}:13:15 contrast-one-sided"]


def test_a_law_that_a_question_names_exists(small: Any) -> None:
    small.edit(CASE, "laws: [aturan-1]", "laws: [aturan-1, aturan-2]")

    assert small.places() == [f"{CASE}:18:22 unknown-law"]


def test_without_laws_every_law_named_is_unknown(small: Any) -> None:
    (small.root / LAWS).unlink()

    assert small.places() == [f"{CASE}:18:12 unknown-law"]


def test_laws_that_could_not_be_read_are_not_called_unknown(small: Any) -> None:
    small.edit(LAWS, "  status: in-force\n", "")

    assert small.places() == [f"{LAWS}:1:3 missing-key"]


def test_a_source_that_is_cited_exists(small: Any) -> None:
    small.edit(
        CASE,
        "source: koran-2024\n        quote: sebab kantor milik",
        "source: koran-2025\n        quote: sebab kantor milik",
    )

    assert small.places() == [f"{CASE}:25:17 unknown-source"]
    assert "koran-2024" in only_help(small)


def test_a_quote_off_by_one_letter_is_refused_with_the_words_that_stand_there(small: Any) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: kantor milek semua warga")

    assert small.places() == [f"{CASE}:26:16 quote-not-found"]
    help = only_help(small)
    assert f"{SEED}:8" in help, "the paragraph begins on line 8 of its file"
    assert "kantor milik semua warga" in help
    assert "“milek” stands there as “milik”" in help


def test_the_help_names_the_line_of_the_paragraph_that_is_meant(small: Any) -> None:
    small.edit(CASE, "quote: Warga dilayani tanpa ditanya", "quote: Warga dilayani tanpa bertanya")

    help = only_help(small)

    assert f"{SEED}:12" in help
    assert "“bertanya” stands there as “ditanya”" in help


def test_a_typographic_quotation_mark_is_not_the_straight_one(small: Any) -> None:
    small.edit(
        CASE,
        "quote: Warga dilayani tanpa ditanya pilihannya",
        "quote: “Warga dilayani tanpa ditanya pilihannya,”",
    )

    assert small.places() == [f"{CASE}:35:16 quote-not-found"]
    help = only_help(small)
    assert '““Warga” stands there as “"Warga”' in help
    assert '“pilihannya,”” stands there as “pilihannya,"”' in help


def test_a_word_left_out_of_a_quote_is_named(small: Any) -> None:
    small.edit(CASE, "quote: Ia tidak memakai atribut", "quote: Ia memakai atribut")

    assert small.places() == [f"{CASE}:16:16 quote-not-found"]
    assert "“tidak” is missing here" in only_help(small)


def test_a_word_put_into_a_quote_is_named(small: Any) -> None:
    small.edit(CASE, "quote: Ia tidak memakai atribut", "quote: Ia tidak pernah memakai atribut")

    assert "“pernah” does not stand there" in only_help(small)


@pytest.mark.parametrize(
    "quote",
    [
        "kantor  milik   semua warga",
        ">-\n          kantor milik\n          semua warga",
        "|\n          kantor milik\n          semua warga\n",
        '"kantor milik\\tsemua\\nwarga"',
        "partai di kantor, sebab kantor milik semua warga.",
    ],
    ids=["spaces", "folded", "literal", "escapes", "over-the-line-of-the-source"],
)
def test_white_space_in_a_quote_does_not_count(small: Any, quote: str) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", f"quote: {quote}")

    assert small.places() == []


def test_a_quote_does_not_run_across_two_paragraphs(small: Any) -> None:
    small.edit(
        CASE,
        "quote: sebab kantor milik semua warga",
        "quote: 'kantor milik semua warga. \"Warga dilayani'",
    )

    assert small.places() == [f"{CASE}:26:16 quote-not-found"]


def test_a_quote_like_nothing_in_the_source_gets_no_passage_for_help(small: Any) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: zzz qqq xxx")

    assert small.places() == [f"{CASE}:26:16 quote-not-found"]
    assert SEED not in only_help(small)


def test_a_quote_has_a_translation_into_every_other_language_of_the_bank(small: Any) -> None:
    small.edit(CASE, "        gloss: {en: the office belongs to all citizens}\n", "")

    assert small.places() == [f"{CASE}:25:9 missing-gloss"]
    assert "“en”" in only_help(small)


def test_a_gloss_in_another_language_is_not_the_one_that_is_missing(small: Any) -> None:
    small.edit(CASE, "gloss: {en: the office", "gloss: {fr: the office")

    assert small.places() == [f"{CASE}:25:9 missing-gloss"]


def test_a_bank_in_the_language_of_its_sources_needs_no_gloss(small: Any) -> None:
    small.edit(MANIFEST, "languages: [id, en]", "languages: [id]")
    small.edit(CASE, "        gloss: {en: the office belongs to all citizens}\n", "")

    assert small.places() == []


def test_everything_wrong_is_said_at_once_and_in_order(small: Any) -> None:
    small.edit(MANIFEST, "opening: kaus-partai", "opening: topi")
    small.edit(CASE, "laws: [aturan-1]", "laws: [aturan-9]")
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: Kantor milik semua warga")
    small.edit(CASE, "    instead: {id: Tanyakan keperluannya., en: Ask what they need.}\n", "")
    small.edit(CASE, "        gloss: {en: Staff come earlier to serve citizens.}\n", "")

    assert small.places() == [
        f"{MANIFEST}:5:10 unknown-scenario",
        f"{CASE}:18:12 unknown-law",
        f"{CASE}:26:16 quote-not-found",
        f"{CASE}:28:5 missing-instead",
        f"{CASE}:41:9 missing-gloss",
    ]


def with_context(small: Any, *openings: str) -> None:
    lines = "".join(f"  - {opening}\n" for opening in openings)
    small.edit(SEED, "language: id\n", f"language: id\ncontext:\n{lines}")


def test_context_opens_sentences_of_its_source(small: Any) -> None:
    with_context(small, "Pegawai datang", "Ia tidak memakai atribut partai di kantor, sebab")

    assert small.places() == []


@pytest.mark.parametrize("opening", ["Pegawai pulang", "datang lebih pagi", "pegawai datang"])
def test_context_that_opens_no_sentence_is_said_at_its_place(small: Any, opening: str) -> None:
    with_context(small, "Pegawai datang", opening)

    assert small.places() == [f"{SEED}:9:5 unknown-context"]


def test_context_that_opens_several_sentences_is_ambiguous(small: Any) -> None:
    small.edit(SEED, "Ia tidak memakai", "Pegawai tidak memakai")
    small.edit(CASE, "Ia tidak memakai atribut partai di kantor", "atribut partai di kantor")
    with_context(small, "Pegawai")

    assert small.places() == [f"{SEED}:8:5 ambiguous-context"]
    assert "2" in small.problems()[0].message


def test_context_is_a_list_of_words(small: Any) -> None:
    small.edit(SEED, "language: id\n", "language: id\ncontext: Pegawai\n")

    assert f"{SEED}:7:10 wrong-type" in small.places()
