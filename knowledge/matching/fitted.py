"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.021,
    "runs": 0.023,
    "concepts": 0.08,
    "signs": 6.891,
    "elsewhere": -1.5,
    "named-elsewhere": -2.5,
    "named-only-here": 1.074,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -8.826,
    "score": 2.877,
    "length": -0.471,
    "covered": -1.271,
    "covered-by-length": 2.385,
    "concepts": -0.52,
    "concepts-by-length": -0.758,
    "signs": -0.13,
    "signs-margin": 0.418,
    "margin": 3.432,
    "known": 1.416,
    "ours": 0.392,
}
# From here 2 in 100 of our questions are answered wrongly, and 1 of near and long others.
ANSWER_FROM = 0.85
# Below, 5 in 100 of our questions are refused, and 89 of near and long others.
CHOOSE_FROM = 0.2
