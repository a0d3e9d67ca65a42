"""Assembling papers 组卷 from a pool by a blueprint: pure rules over numpy and HiGHS, neither web nor database."""
