"""监考: frames, events, commands and incidents of an exam session, live."""
