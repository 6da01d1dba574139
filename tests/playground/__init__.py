"""The playground keeps Telegram's promises, as other people's clients read them."""
