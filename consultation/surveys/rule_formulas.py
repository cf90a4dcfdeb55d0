"""Boolean formulas over answers, which can be compared, measured and simplified.

A formula is one of ("has", ATOM), ("no", FORMULA), ("all", frozenset of FORMULAs), ("any", frozenset of FORMULAs).
The builders drop redundant and duplicate parts.
"""

TRUE: tuple[str, frozenset] = ("all", frozenset())
FALSE: tuple[str, frozenset] = ("any", frozenset())
EMPTY = {"all": TRUE, "any": FALSE}
OTHER = {"all": "any", "any": "all"}


def build_atom(atom):
    return ("has", atom)


def negate_formula(formula):
    if formula in (TRUE, FALSE):
        return FALSE if formula == TRUE else TRUE
    return formula[1] if formula[0] == "no" else ("no", formula)


def join_all(formulas):
    return _join_formulas("all", formulas)


def join_any(formulas):
    return _join_formulas("any", formulas)


def _join_formulas(kind, formulas):
    """Flattened and without duplicates; a constant where one part decides it, or a part meets its negation."""
    parts = set()
    for formula in formulas:
        parts |= formula[1] if formula[0] == kind else {formula}
    if EMPTY[OTHER[kind]] in parts or any(negate_formula(part) in parts for part in parts):
        return EMPTY[OTHER[kind]]
    other = OTHER[kind]
    absorbed = {  # `a and (a or b)` is `a`, and so is `a or (a and b)`
        part
        for part in parts
        if part[0] == other
        and any(one != part and (one in part[1] or (one[0] == other and one[1] < part[1])) for one in parts)
    }
    parts = frozenset(parts - absorbed)
    return next(iter(parts)) if len(parts) == 1 else (kind, parts)


def list_conjuncts(formula):
    """The formulas that must all be true for this one to be true."""
    return formula[1] if formula[0] == "all" else frozenset([formula])


def is_implied_by(formula, from_):
    """Whether `formula` syntactically follows from `from_`. (False may also mean: not decided.)"""
    return list_conjuncts(formula) <= list_conjuncts(from_)


def collect_atoms(formula):
    kind, inner = formula
    if kind == "has":
        return {inner}
    return collect_atoms(inner) if kind == "no" else set().union(*map(collect_atoms, inner))


def count_atoms(formula):
    """The number of atoms in the formula, repetitions included."""
    kind, inner = formula
    if kind == "has":
        return 1
    return count_atoms(inner) if kind == "no" else sum(map(count_atoms, inner))


def nesting_depth(formula):
    kind, inner = formula
    if kind == "has":
        return 0
    return 1 + (nesting_depth(inner) if kind == "no" else max(map(nesting_depth, inner), default=0))


def substitute_atoms(formula, atom):
    """The formula with each atom replaced by the formula `atom(old)`, such as TRUE or FALSE."""
    kind, inner = formula
    if kind == "has":
        return atom(inner)
    if kind == "no":
        return negate_formula(substitute_atoms(inner, atom))
    return _join_formulas(kind, [substitute_atoms(part, atom) for part in inner])
