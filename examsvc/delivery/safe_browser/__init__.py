"""Safe Exam Browser 安全考试浏览器: which one is let in, how it proves itself, and the settings it is given."""
