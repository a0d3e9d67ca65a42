"""Item analysis after a sitting: how hard, how telling and how sound the questions were. Pure; needs numpy only."""

from scoring.analysis import passing
from scoring.analysis.calibration import Calibration, calibrate
from scoring.analysis.chosen import ChoiceQuestion, choice_questions
from scoring.analysis.classical import ItemFigures, item_figures
from scoring.analysis.distribution import Distribution, distribution
from scoring.analysis.flags import Flag, flags
from scoring.analysis.matrix import Scores
from scoring.analysis.maximising import Model
from scoring.analysis.options import Choice, ChoiceFigures, choice_figures
from scoring.analysis.reliability import Reliability, reliability

__all__ = [
    "Calibration",
    "Choice",
    "ChoiceFigures",
    "ChoiceQuestion",
    "Distribution",
    "Flag",
    "ItemFigures",
    "Model",
    "Reliability",
    "Scores",
    "calibrate",
    "choice_figures",
    "choice_questions",
    "distribution",
    "flags",
    "item_figures",
    "passing",
    "reliability",
]
