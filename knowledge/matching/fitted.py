"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.021,
    "runs": 0.023,
    "concepts": 0.08,
    "signs": 6.894,
    "elsewhere": -1.5,
    "named-elsewhere": -2.5,
    "named-only-here": 1.075,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -8.77,
    "score": 2.952,
    "length": -0.515,
    "covered": -1.314,
    "covered-by-length": 2.399,
    "concepts": -0.681,
    "concepts-by-length": -0.71,
    "signs": -0.271,
    "signs-margin": 0.546,
    "margin": 3.344,
    "known": 1.399,
    "ours": 0.395,
}
# From here 2 in 100 of our questions are answered wrongly, and 1 of near and long others.
ANSWER_FROM = 0.85
# Below, 5 in 100 of our questions are refused, and 89 of near and long others.
CHOOSE_FROM = 0.2
