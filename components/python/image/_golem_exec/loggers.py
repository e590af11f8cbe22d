"""Puts `logging` back: its state is in the loggers themselves, where the reset of modules does not reach."""

import logging

_root = logging.root
_manager = _root.manager
_names = {}
_loggers = []
_manager_state = {}


def capture():
    _names.update(_manager.loggerDict)
    for logger in (_root, *(item for item in _names.values() if isinstance(item, logging.Logger))):
        _loggers.append((logger, dict(vars(logger))))
    _manager_state.update(vars(_manager))


def restore():
    for logger, saved in _loggers:
        state = vars(logger)
        state.clear()
        state.update(saved)
        # None of the image's loggers has any.
        logger.handlers[:] = ()
        logger.filters[:] = ()
        logger._cache.clear()
    state = vars(_manager)
    state.clear()
    state.update(_manager_state)
    _manager.loggerDict.clear()
    _manager.loggerDict.update(_names)
