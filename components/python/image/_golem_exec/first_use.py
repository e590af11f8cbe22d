"""What a module of the image must do anew in every run, done when a program first looks at the module.

Most programs use neither random numbers nor logging, and entropy and clocks are calls of the host.
"""

from types import ModuleType


class Renewal:
    """Calls `renew` when an attribute of `module` is first asked for, as `import` itself does."""

    def __init__(self, module, renew):
        class Waiting(ModuleType):
            def __getattribute__(self, name):
                # From here on it is an ordinary module again.
                self.__class__ = ModuleType
                renew()
                return getattr(self, name)

        Waiting.__name__ = Waiting.__qualname__ = "module"
        Waiting.__module__ = "builtins"
        self._module = module
        self._waiting = Waiting

    def arm(self):
        self._module.__class__ = self._waiting

    def disarm(self):
        self._module.__class__ = ModuleType
