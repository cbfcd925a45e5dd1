"""Zhike 知客: the no-code customer information platform that a company runs on its own machine."""

__version__ = "0.1.0"
