"""How it looks: frames in, figures and components out; nothing here reaches a database."""
