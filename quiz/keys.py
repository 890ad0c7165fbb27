"""What belongs under each key of a scenario, as its author reads it. Pure.

`netral check` says it of a blank, and the JSON Schema of every key.
"""

from quiz.i18n import N_, _

_KEYS = {
    "id": N_(
        "Lower-case words joined by hyphens that name it: unique in the bank, for ever, since a "
        "learner's history hangs on it."
    ),
    "level": N_("How much it asks of a learner: basic, intermediate or advanced."),
    "title": N_("A few words to know it by, with no verdict in them."),
    "situation": N_("Who, where and what is at stake, in at most 90 words, with no verdict."),
    "questions": N_(
        "Four to six acts, some of each verdict; at least two of them form a pair that contrasts."
    ),
    "act": N_(
        "What somebody does, in one to three sentences of at most 45 words; one fact in it decides."
    ),
    "verdict": N_("What the act is: neutral or not-neutral."),
    "explanation": N_(
        "Why, said to the reader in at most 80 words: first the fact that decides, then what "
        "undoes the likely reason for a wrong answer."
    ),
    "instead": N_(
        "What would have been neutral: a sentence to say, or a step to take tomorrow. Only an act "
        "that is not neutral has it."
    ),
    "contrast": N_(
        "The id of the question it forms a pair with: one fact differs, and the verdict with it. "
        "Each of the two names the other."
    ),
    "citations": N_("At least one source, with the words in it that carry the explanation."),
    "source": N_("The name of a file in seeds/, without its ending."),
    "quote": N_(
        "The shortest run of words in the source that carries the explanation, copied to the "
        "letter."
    ),
    "gloss": N_("Our translation of the quote, in each language that is not the source's own."),
    "laws": N_("The laws that stand beside the verdict, by their ids in laws.yaml."),
    "discussion": N_("A question for a room to talk about."),
}


def purpose(key: str) -> str | None:
    """What belongs under `key`, in a sentence; None where a scenario has no such key."""
    return _(_KEYS[key]) if key in _KEYS else None
