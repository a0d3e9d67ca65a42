"""考核: exam sessions, enrolments, sittings and responses."""
