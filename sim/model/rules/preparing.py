"""From a vector of numbers to the words of a start, as a plan says (model 5, 7.1, 9, 10).

Nothing here knows a name: what is wrong is told as a code and a place, (0, 0) for nothing. The
words of a start are the same whatever stood in them before.
"""

from collections.abc import MutableSequence, Sequence

from sim.model.plan import (
    ADD,
    ASSETS,
    CLIMBING,
    COPY,
    NO_FAULT,
    NO_VOTE,
    NOT_WHOLE,
    OF_NUMBER,
    OF_STEP,
    REROUTING,
    SET_WHOLE,
    SETTLING,
    SHARES,
    TIMES,
    Delegation,
    Plan,
    StartViews,
    Step,
    Together,
)

GRAIN = 1073741824.0
"""2^30. Ties are multiples of 1 / GRAIN, so that sums of them are exact in any order."""

TO_WHOLE = 4503599627370496.0
"""2^52. Added and taken away again, it rounds a number from 0 to 2^51, halves to even."""

NEARLY_ONE = 1e-12
"""How far shares may miss a sum of 1."""

Verdict = tuple[int, int]
"""A code of `sim.model.plan.Fault` and the place of what is wrong."""


def count_inside(numbers: Sequence[float], low: Sequence[float], high: Sequence[float]) -> int:
    """How many numbers lie between their bounds; what is no number does not.

    Without a branch, so that the compiler compares several at once.
    """
    inside = 0
    for i in range(len(numbers)):
        inside += (low[i] <= numbers[i]) & (numbers[i] <= high[i])
    return inside


def is_whole(value: float) -> bool:
    """Whether a value counts something."""
    return float(int(value)) == value


def check_numbers(numbers: Sequence[float], plan: Plan) -> Verdict:
    """The first number that is outside its bounds or should be whole and is not."""
    if count_inside(numbers, plan.low, plan.high) < len(numbers):
        for i in range(len(numbers)):
            if not plan.low[i] <= numbers[i] <= plan.high[i]:
                return OF_NUMBER, i
    for i in range(len(plan.must_be_whole)):
        if not is_whole(numbers[plan.must_be_whole[i]]):
            return NOT_WHOLE, i
    return NO_FAULT, 0


def write_numbers(numbers: Sequence[float], plan: Plan, views: StartViews) -> None:
    """Put each number where it stands as it is."""
    words, wholes = views.words, views.wholes
    for move in plan.reals:
        words[move.word] = numbers[move.number]
    for move in plan.wholes:
        wholes[move.word] = int(numbers[move.number])


def write_salience(views: StartViews) -> None:
    """Add up the political weights, in the order of the actors, and line them up."""
    total = 0.0
    for i in range(len(views.actors)):
        salience = views.actors[i].salience
        views.saliences[i] = salience
        total += salience
    views.world[0].salience_total = total


def write_weights(numbers: Sequence[float], plan: Plan, views: StartViews) -> None:
    """The weight of each kind of tie: the largest of its numbers."""
    for i in range(len(plan.kinds)):
        kind = plan.kinds[i]
        largest = kind.least
        for place in range(kind.first, kind.last):
            largest = max(largest, numbers[plan.kind_numbers[place]])
        views.weights[i] = largest


def weigh_by_salience(
    row: MutableSequence[float],
    kinds: Sequence[int],
    weights: Sequence[float],
    saliences: Sequence[float],
) -> float:
    """The weight of each tie of an actor, by its kind and the other's salience; gives their sum."""
    total = 0.0
    for j in range(len(row)):
        tie = weights[kinds[j]] * saliences[j]
        row[j] = tie
        total += tie
    return total


def weigh_alike(
    row: MutableSequence[float], kinds: Sequence[int], weights: Sequence[float]
) -> float:
    """The weight of each tie of an actor, by its kind alone; gives their sum."""
    total = 0.0
    for j in range(len(row)):
        tie = weights[kinds[j]]
        row[j] = tie
        total += tie
    return total


def share_out(row: MutableSequence[float], total: float) -> None:
    """Divide the ties of an actor by their sum, and round them to grains."""
    for j in range(len(row)):
        row[j] = ((row[j] / total * GRAIN + TO_WHOLE) - TO_WHOLE) / GRAIN


def write_ties(plan: Plan, views: StartViews) -> None:
    """What each actor weighs for each other one; a row adds up to 0 or 1 ± 1e-7.

    Sums run in the order of the actors.
    """
    for i in range(len(views.ties)):
        row = views.ties[i]
        if plan.by_salience[i]:
            total = weigh_by_salience(row, plan.tie_kinds[i], views.weights, views.saliences)
        else:
            total = weigh_alike(row, plan.tie_kinds[i], views.weights)
        if total > 0.0:
            share_out(row, total)


def copy_words(target: MutableSequence[float], source: Sequence[float]) -> None:
    """Copy words one by one."""
    for k in range(len(target)):
        target[k] = source[k]


def step_value(step: Step, old: float, number: float) -> float:
    """What a step makes of a word, and of a number."""
    value = number
    if step.how == ADD:
        value = old + number
    elif step.how == TIMES:
        value = old * number
    if step.clipped:
        value = min(max(value, step.low), step.high)
    return value


def breaks_bounds(step: Step, value: float) -> bool:
    """Whether a step takes its word out of its bounds."""
    if not step.low <= value <= step.high:
        return True
    return bool(step.whole) and not is_whole(value)


def take_steps(numbers: Sequence[float], plan: Plan, views: StartViews) -> Verdict:
    """Copy and change rows in order; stops at a step that leads out of bounds."""
    words, wholes = views.words, views.wholes
    for place in range(len(plan.steps)):
        step = plan.steps[place]
        if step.how == COPY:
            copy_words(
                words[step.word : step.word + step.length],
                words[step.source : step.source + step.length],
            )
        elif step.how == SET_WHOLE:
            wholes[step.word] = int(numbers[step.number])
        else:
            value = step_value(step, words[step.word], numbers[step.number])
            if breaks_bounds(step, value):
                return OF_STEP, place
            words[step.word] = value
    return NO_FAULT, 0


def add_share(mean: MutableSequence[float], bundle: Sequence[float], share: float) -> None:
    """Add a share of a bundle to a mean."""
    for k in range(len(mean)):
        mean[k] += share * bundle[k]


def write_mean_bundle(delegation: Delegation, plan: Plan, views: StartViews) -> bool:
    """Give an institution the mean bundle of its members; False where nobody has a vote."""
    votes, ties = plan.votes, views.ties[delegation.actor]
    total = 0.0
    for place in range(delegation.first, delegation.last):
        total += ties[votes[place].member]
    if total == 0.0:
        return False
    mean = views.words[delegation.word : delegation.word + delegation.length]
    for k in range(len(mean)):
        mean[k] = 0.0
    for place in range(delegation.first, delegation.last):
        vote = votes[place]
        share = ties[vote.member] / total
        add_share(mean, views.words[vote.word : vote.word + delegation.length], share)
    return True


def write_delegations(plan: Plan, views: StartViews) -> Verdict:
    """Let institutions follow their members, by the votes of these."""
    for place in range(len(plan.delegations)):
        if not write_mean_bundle(plan.delegations[place], plan, views):
            return NO_VOTE, place
    return NO_FAULT, 0


def fastest_fall(together: Together, plan: Plan, views: StartViews) -> float:
    """The largest chance of falling a rung among rows that are in force together."""
    fastest = views.parameters[together.parameters].exit_rate
    for place in range(together.first, together.last):
        fastest = max(fastest, views.policies[plan.together_rows[place]].descent_rate)
    return fastest


def rates_fit(up: float, down: float) -> bool:
    """Whether two chances fit into the one draw that decides both."""
    return up + down < 1.0


def projects_fit(views: StartViews) -> bool:
    """Whether the chances of every project do."""
    for project in views.projects:
        if not rates_fit(project.up_rate, project.down_rate):
            return False
    return True


def misses_limit(code: int, together: Together, plan: Plan, views: StartViews) -> bool:
    """Whether rows that are in force together miss the limit that a code stands for."""
    parameters = views.parameters[together.parameters]
    if code == CLIMBING:
        return not rates_fit(parameters.climb_rate, fastest_fall(together, plan, views))
    if code == SETTLING:
        settling = 1.0 + parameters.settling_factor
        return not rates_fit(
            settling * parameters.concession_rate, settling * parameters.tightening_rate
        )
    if code == ASSETS:
        return not rates_fit(parameters.asset_up_rate, parameters.asset_down_rate)
    if code == SHARES:
        reserves_and_debt = parameters.share_to_reserves + parameters.share_to_debt
        return abs(reserves_and_debt + parameters.share_to_relief - 1.0) > NEARLY_ONE
    if code == REROUTING:
        return parameters.rerouting_least > parameters.rerouting_most
    return not projects_fit(views)


def check_limits(plan: Plan, views: StartViews) -> Verdict:
    """The first limit that rows in force together miss, and which rows."""
    for place in range(len(plan.together)):
        for code in range(CLIMBING, REROUTING + 1):
            if misses_limit(code, plan.together[place], plan, views):
                return code, place
    return NO_FAULT, 0


def write_start(numbers: Sequence[float], plan: Plan, views: StartViews) -> Verdict:
    """Fill the words of a start, or tell what is wrong with the numbers.

    A start with a fault is not to be run: some of its words are of another world.
    """
    verdict = check_numbers(numbers, plan)
    if verdict[0] != NO_FAULT:
        return verdict
    write_numbers(numbers, plan, views)
    write_salience(views)
    write_weights(numbers, plan, views)
    write_ties(plan, views)
    verdict = take_steps(numbers, plan, views)
    if verdict[0] != NO_FAULT:
        return verdict
    verdict = write_delegations(plan, views)
    if verdict[0] != NO_FAULT:
        return verdict
    return check_limits(plan, views)
