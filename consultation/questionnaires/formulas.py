"""Boolean formulas over answers, which can be compared, measured and simplified.

A formula is one of ("has", ATOM), ("no", FORMULA), ("all", frozenset of FORMULAs), ("any", frozenset of FORMULAs).
The builders drop redundant and duplicate parts.
"""

TRUE: tuple[str, frozenset] = ("all", frozenset())
FALSE: tuple[str, frozenset] = ("any", frozenset())
EMPTY = {"all": TRUE, "any": FALSE}
OTHER = {"all": "any", "any": "all"}


def has(atom):
    return ("has", atom)


def no(formula):
    if formula in (TRUE, FALSE):
        return FALSE if formula == TRUE else TRUE
    return formula[1] if formula[0] == "no" else ("no", formula)


def all_of(formulas):
    return _joined("all", formulas)


def any_of(formulas):
    return _joined("any", formulas)


def _joined(kind, formulas):
    """Flattened and without duplicates; a constant where one part decides it, or a part meets its negation."""
    parts = set()
    for formula in formulas:
        parts |= formula[1] if formula[0] == kind else {formula}
    if EMPTY[OTHER[kind]] in parts or any(no(part) in parts for part in parts):
        return EMPTY[OTHER[kind]]
    parts = frozenset(part for part in parts if not _says_nothing_new(part, parts, OTHER[kind]))
    return next(iter(parts)) if len(parts) == 1 else (kind, parts)


def _says_nothing_new(part, parts, other):
    """Absorption: `a and (a or b)` is `a`, and so is `a or (a and b)`."""
    return part[0] == other and any(
        one != part and (one in part[1] or (one[0] == other and one[1] < part[1])) for one in parts
    )


def parts_of(formula):
    """The formulas that must all be true for this one to be true."""
    return formula[1] if formula[0] == "all" else frozenset([formula])


def follows(formula, from_):
    """Whether `formula` syntactically follows from `from_`. (False may also mean: not decided.)"""
    return parts_of(formula) <= parts_of(from_)


def atoms(formula):
    """The atoms in it, each once."""
    kind, inner = formula
    if kind == "has":
        return {inner}
    return atoms(inner) if kind == "no" else set().union(*map(atoms, inner))


def size(formula):
    """The number of atoms in the formula, repetitions included."""
    kind, inner = formula
    if kind == "has":
        return 1
    return size(inner) if kind == "no" else sum(map(size, inner))


def depth(formula):
    """The nesting depth of the formula's brackets."""
    kind, inner = formula
    if kind == "has":
        return 0
    return 1 + (depth(inner) if kind == "no" else max(map(depth, inner), default=0))


def mapped(formula, atom):
    """The formula with each atom replaced by the formula `atom(old)`, such as TRUE or FALSE."""
    kind, inner = formula
    if kind == "has":
        return atom(inner)
    if kind == "no":
        return no(mapped(inner, atom))
    return _joined(kind, [mapped(part, atom) for part in inner])
