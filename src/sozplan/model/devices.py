"""Names that Windows takes for devices, whatever the ending: no file can be called so there."""

from __future__ import annotations

import re
from typing import Final

DEVICES: Final = re.compile(r"(?i:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?: *\.| *$)")


def is_device(name: str) -> bool:
    return DEVICES.match(name) is not None
