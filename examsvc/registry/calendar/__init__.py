"""The registry's calendar at the edge: windows of a year, and the holiday tables the centre imports."""
