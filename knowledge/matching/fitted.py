"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.008,
    "runs": 0.021,
    "concepts": 0.073,
    "signs": 7.057,
    "elsewhere": -1.5,
    "named-elsewhere": -2.5,
    "named-only-here": 1.186,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -6.988,
    "score": 1.668,
    "length": -0.217,
    "covered": -1.473,
    "covered-by-length": 1.943,
    "concepts": -0.43,
    "concepts-by-length": -0.33,
    "signs": 1.447,
    "signs-margin": -0.224,
    "margin": 3.787,
    "known": 0.975,
    "ours": 0.413,
}
# From here 2 in 100 of our questions are answered wrongly, and 1 of near and long others.
ANSWER_FROM = 0.85
# Below, 5 in 100 of our questions are refused, and 89 of near and long others.
CHOOSE_FROM = 0.2
