"""项目评估, its first half: three months for the specification and the item bank (140号 三(一)4)."""
