"""What we hold: models, engine, summaries, demo campus, access, settings, locale."""
