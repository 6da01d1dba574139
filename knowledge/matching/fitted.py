"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.023,
    "runs": 0.027,
    "concepts": 0.1,
    "signs": 6.531,
    "nearest": 0.0,
    "near": 0.0,
    "elsewhere": -1.5,
    "named-elsewhere": -2.5,
    "named-only-here": 1.378,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -9.965,
    "score": 3.548,
    "length": -0.84,
    "covered": -0.898,
    "covered-by-length": 2.243,
    "concepts": -0.184,
    "concepts-by-length": -1.038,
    "likeness": 0.219,
    "nearest": -0.651,
    "signs": -0.526,
    "signs-margin": 0.794,
    "margin": 3.44,
    "known": 1.989,
    "ours": 0.305,
}
# From here 2 in 100 of our questions are answered wrongly, and 1 of near and long others.
ANSWER_FROM = 0.8
# Below, 4 in 100 of our questions are refused, and 93 of near and long others.
CHOOSE_FROM = 0.15
