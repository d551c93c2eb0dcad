"""Command line, and the one variant that is switched on."""
import argparse

_parser = argparse.ArgumentParser()
_parser.add_argument('--port', type=int, default=0)
_parser.add_argument('--variant', default='')
options = _parser.parse_args()


def on(*ids):
    return options.variant in ids
