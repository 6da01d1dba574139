"""What is known: loading, facts, answers, search, the crisis gate."""
