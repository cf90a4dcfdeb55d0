"""Rules as formulas that can be kept, compared, measured and simplified: what follows from the answers, whatever they are.

A formula is one of ("has", ATOM), ("no", FORMULA), ("all", frozenset of FORMULAs), ("any", frozenset of FORMULAs).
The functions below build them, and keep them small: parts that say nothing are left out, and so are doubles.
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
    """Flat, without doubles; decided where one part decides, or where a part and its contrary meet."""
    parts = set()
    for formula in formulas:
        parts |= formula[1] if formula[0] == kind else {formula}
    if EMPTY[OTHER[kind]] in parts or any(no(part) in parts for part in parts):
        return EMPTY[OTHER[kind]]
    parts = frozenset(part for part in parts if not _says_nothing_new(part, parts, OTHER[kind]))
    return next(iter(parts)) if len(parts) == 1 else (kind, parts)


def _says_nothing_new(part, parts, other):
    """`a and (a or b)` is `a`; so is `a or (a and b)`."""
    return part[0] == other and any(
        one != part and (one in part[1] or (one[0] == other and one[1] < part[1])) for one in parts
    )


def parts_of(formula):
    """The formulas that must all be true for this one to be."""
    return formula[1] if formula[0] == "all" else frozenset([formula])


def follows(formula, from_):
    """Whether it is plain to see that `formula` is true wherever `from_` is. (False may mean: not plain to see.)"""
    return parts_of(formula) <= parts_of(from_)


def atoms(formula):
    """The atoms in it, each once."""
    kind, inner = formula
    if kind == "has":
        return {inner}
    return atoms(inner) if kind == "no" else set().union(*map(atoms, inner))


def size(formula):
    """How many atoms it takes to write it out."""
    kind, inner = formula
    if kind == "has":
        return 1
    return size(inner) if kind == "no" else sum(map(size, inner))


def depth(formula):
    """How deep its brackets go."""
    kind, inner = formula
    if kind == "has":
        return 0
    return 1 + (depth(inner) if kind == "no" else max(map(depth, inner), default=0))


def mapped(formula, atom):
    """The same formula over other atoms: `atom(old)` gives the formula in an old one's place, such as TRUE or FALSE."""
    kind, inner = formula
    if kind == "has":
        return atom(inner)
    if kind == "no":
        return no(mapped(inner, atom))
    return _joined(kind, [mapped(part, atom) for part in inner])
