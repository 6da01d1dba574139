"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.021,
    "runs": 0.022,
    "concepts": 0.082,
    "signs": 6.817,
    "elsewhere": -1.5,
    "named-elsewhere": -2.5,
    "named-only-here": 1.059,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -9.763,
    "score": 3.141,
    "length": -0.256,
    "covered": -0.037,
    "covered-by-length": 1.703,
    "concepts": -0.41,
    "concepts-by-length": -1.003,
    "signs": -0.317,
    "signs-margin": 0.431,
    "margin": 3.434,
    "known": 1.525,
    "ours": 0.379,
}
# From here 2 in 100 of our questions are answered wrongly, and 1 of near and long others.
ANSWER_FROM = 0.8
# Below, 4 in 100 of our questions are refused, and 93 of near and long others.
CHOOSE_FROM = 0.15
