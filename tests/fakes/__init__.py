"""Stand-ins for the outermost things only: Telegram at aiogram's session, time, and people."""
