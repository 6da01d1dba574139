"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.15,
    "runs": 0.032,
    "words": 0.1,
    "told": 0.074,
    "concepts": 0.258,
    "nearest": 0.0,
    "near": 2.312,
    "nearest-letters": 0.0,
    "near-letters": 5.235,
    "elsewhere": -1.5,
    "named-elsewhere": -2.324,
    "named-only-here": 2.491,
    "redirect": -0.7,
    "context": -0.017,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -11.793,
    "score": 4.333,
    "length": -0.936,
    "covered": 0.426,
    "covered-by-length": 0.745,
    "concepts": 0.288,
    "concepts-by-length": 0.189,
    "likeness": 1.468,
    "nearest": -0.027,
    "margin": 3.175,
    "known": 0.604,
    "redirect": -1.698,
}
ANSWER_FROM = (
    0.75  # from here 3 to 4 in 100 of our questions are answered wrongly, and 4 of near and long others
)
CHOOSE_FROM = (
    0.33  # below, 1 in 100 of our questions with the right button is refused, and 75 of near and long others
)
