"""The twin: which interventions stand in a month, given what they wait for (model 9).

A condition is looked at as a month opens, on the state in which the month before ended. What
stands then is written as an intervention without a condition, so that no verb needs to know.
"""

QUANTITIES = {
    "need": "n",
    "stress": "m",
    "momentum": "mu",
    "hard_line": "eta",
    "cohesion": "coh",
    "gdp": "Y",
}
"""What may be held, and looked at, by the letter of the model."""

STATES = {"issue": "x", "actor": "L", "pool": "z"}


def standing(world, interventions, begun, before, t, chance, broken=()):
    """The interventions of month t; `begun` keeps when those with `when` began.

    Those of broken offers never stand.

    They take effect in the order in which they began, those of one month in file order: so of two
    on the same numbers the one that began later counts.
    """
    found = []
    for place, iv in enumerate(interventions):
        if any(iv is each for each in broken):
            continue
        if "when" in iv:
            found += begins(world, iv, place, begun, before, t, chance)
        elif "while" in iv:
            found += lasts(world, iv, before, t, chance)
        else:
            found.append(iv)
    return sorted(found, key=lambda iv: iv.get("since", iv["month"]))


def begins(world, iv, place, begun, before, t, chance):
    """With `when`: from the first month on in which all is met it stands as if begun there."""
    last = iv.get("deadline", iv.get("until"))
    waiting = place not in begun and t >= iv["month"] and (last is None or t <= last)
    if waiting and met(world, iv["when"], before, chance):
        begun[place] = t
    return [{**iv, "month": begun[place]}] if place in begun else []


def lasts(world, iv, before, t, chance):
    """With `while`: an intervention of this month alone, if all is met and it is its turn."""
    if t < iv["month"] or ("until" in iv and t > iv["until"]):
        return []
    turn = (t - iv["month"]) % iv.get("every", 1) == 0
    if turn and met(world, iv["while"], before, chance):
        return [{**iv, "since": iv["month"], "month": t, "until": t}]
    return []


def met(world, clauses, before, chance):
    """Whether all clauses are met; all are looked at, so that near ties are counted."""
    each = [holds(world, clause, before, chance) for clause in clauses]
    return all(each)


def holds(world, clause, before, chance):
    """Whether one clause is met; bounds are included."""
    value = looked_at(world, clause, before)
    low, high = clause.get("at_least"), clause.get("at_most")
    for bound in (low, high):
        if bound is not None and 0.0 < abs(value - bound) < 1e-9:
            chance.near += 1
    return (low is None or value >= low) and (high is None or value <= high)


def looked_at(world, clause, before):
    """The number that a clause looks at."""
    for kind, letter in STATES.items():
        if kind in clause:
            return before[letter][clause[kind]]
    if clause["quantity"] == "food_share":
        return before["flows"]["food"]
    if clause["quantity"] == "recognitions":
        actors = world["actors"]
        return sum(actors[i]["kind"] == "state" and before["L"][i] == 7 for i in actors)
    return before[QUANTITIES[clause["quantity"]]]
