"""Letters that no screen shows: joiners, direction marks, variation selectors, tags. They part or change no word."""

# For `str.translate`, which takes them out.
INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
    + [*range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0000, 0xE01F0)]
)
