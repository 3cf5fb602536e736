/* A representative month in plain C, to set beside the compiled rules: the draws, the scores, the
   ladder, the issues, pledges and delivery, development money and trade (model 7.1 to 7.5, 7.8,
   7.9, 7.11, 7.12). As in the rules, a draw is compared with the largest chance before a value is
   computed. The records are those of the model; plain_c.py writes records.h from their fields. */
#include "records.h"
#include "arithmetic.h"
#include <math.h>
#include <string.h>

enum { SLOTS = 12, RECOGNITION = 7, TOP = 4, DISBURSING = 4 };
static const double TOLERANCE = 1e-9;

typedef struct {
    world_t *world;
    actor_t *actors;
    double *draws; /* by slot and entity: actors, issues, the others */
    const pool_t *pools;
    const parameters_t *parameters;
    const policy_t *policies;
    const double *ties;   /* by actor and actor */
    const int64_t *vetoes; /* by pool and actor */
    const uint64_t *uids;
    int64_t n, pool_count, entities; /* n actors; entities with padding */
} state_t;

static void fill(state_t *s, uint32_t run, uint32_t month, uint32_t key_0, uint32_t key_1) {
    const uint64_t *restrict uids = s->uids;
    for (uint32_t block = 0; block < SLOTS / 4; block++) {
        double *restrict first = s->draws + 4 * block * s->entities;
        double *restrict second = first + s->entities, *restrict third = second + s->entities;
        double *restrict fourth = third + s->entities;
        for (int64_t i = 0; i < s->entities; i++) {
            uint32_t a = run, b = (uint32_t)uids[i], c = month, d = block, k = key_0, l = key_1;
            for (int round = 0; round < 10; round++) {
                uint64_t p = (uint64_t)0xD2511F53u * a, q = (uint64_t)0xCD9E8D57u * c;
                a = (uint32_t)(q >> 32) ^ b ^ k, b = (uint32_t)q;
                c = (uint32_t)(p >> 32) ^ d ^ l, d = (uint32_t)p;
                k += 0x9E3779B9u, l += 0xBB67AE85u;
            }
            first[i] = a * 0x1p-32, second[i] = b * 0x1p-32;
            third[i] = c * 0x1p-32, fourth[i] = d * 0x1p-32;
        }
    }
}

static double logistic(double v) {
    return 1.0 / (1.0 + exponential(-v));
}

static double peers_at(const state_t *s, const actor_t *a, int64_t rung) {
    const double *ties = s->ties + (int64_t)a->index * s->n;
    double share = 0.0;
    for (int64_t j = 0; j < s->n; j++)
        if (s->actors[j].rung >= rung) share += ties[j];
    return share;
}

static double value(const state_t *s, const actor_t *a, int64_t r) {
    const policy_t *p = &s->policies[a->policy];
    const parameters_t *g = s->parameters;
    const world_t *w = s->world;
    double v, recent = 0.0;
    for (int64_t k = 0; k < w->issues; k++) recent += p->issue_weights[k] * w->concessions[k];
    v = a->anchor + p->stance - g->thresholds[r];
    v += p->weight_rights * g->loading_rights[r] * (a->score - p->reference_score);
    v += p->weight_security * g->loading_security[r] * p->security_stake;
    v += p->weight_resources * g->loading_resources[r] * (p->resource_stake * w->opportunity);
    v += p->weight_humanitarian * g->loading_humanitarian[r] * w->need;
    v += p->weight_peers * g->loading_peers[r] * peers_at(s, a, r);
    v += p->weight_reciprocity * g->loading_reciprocity[r] * (TOP * recent);
    v += p->weight_momentum * g->loading_momentum[r] * (w->momentum * w->mediation);
    v -= p->weight_domestic * g->loading_domestic[r] * (a->domestic_salience * (1.0 - a->score));
    v -= p->weight_grievance * g->loading_grievance[r] * a->grievance;
    v += p->weight_durability * g->loading_durability[r] * w->durability;
    return r == RECOGNITION ? v - (p->reservation + a->reservation_offset) : v;
}

static void decide(const state_t *s, actor_t *a) {
    const policy_t *p = &s->policies[a->policy];
    const parameters_t *g = s->parameters;
    double draw = s->draws[a->index];
    int64_t up = s->world->rung_above[a->rung];
    a->next_rung = a->rung;
    if (a->rung_forced) return;
    if (draw > 1.0 - g->climb_rate) {
        if (a->rung == RECOGNITION || up > a->cap || a->score < p->gates[up] - TOLERANCE) return;
        if (up == RECOGNITION && peers_at(s, a, RECOGNITION) < p->quorum) return;
        double chance = g->climb_rate * logistic((value(s, a, up) - g->dead_band) / g->noise);
        if (draw > 1.0 - chance) a->next_rung = up;
        return;
    }
    if (draw >= p->descent_rate && draw >= g->exit_rate) return;
    int missed = a->score < p->gates[a->rung] - g->gate_slack - TOLERANCE;
    if (a->rung == 0 || (draw >= p->descent_rate && !missed)) return;
    double chance = p->descent_rate * logistic((-value(s, a, a->rung) - g->dead_band) / g->noise);
    if (missed && chance < g->exit_rate) chance = g->exit_rate;
    if (a->rung == RECOGNITION) chance *= g->derecognition_factor;
    if (draw < chance) a->next_rung = s->world->rung_below[a->rung];
}

static double concession_value(const state_t *s, int64_t k) {
    const parameters_t *g = s->parameters;
    const world_t *w = s->world;
    double reward = 0.0, coercion = 0.0;
    for (const actor_t *a = s->actors; a < s->actors + s->n; a++) {
        const policy_t *p = &s->policies[a->policy];
        double custody = a->custody;
        for (int64_t j = 0; j < s->pool_count; j++)
            if (s->pools[j].stage == DISBURSING && s->vetoes[j * s->n + (int64_t)a->index])
                custody = 0.0;
        double worth = g->stake_development * a->development_capacity + custody
                       + g->stake_political * a->salience;
        double stake = p->development_conditionality * (1.0 - a->score) * worth / w->revenue_start;
        reward += p->reward_credibility * a->belief * p->issue_weights[k] * stake;
        coercion += a->salience * fmin(fmax(-p->asset_stance, 0.0), 1.0);
    }
    coercion = w->salience_total > 0.0 ? coercion / w->salience_total : 0.0;
    double ideology = g->ideological_cost[k];
    return g->issue_intercept[k] + g->reward_weight * reward + g->stress_weight * w->stress
           + g->momentum_weight * w->momentum - g->ideology_weight * ideology * w->hard_line
           - g->cohesion_weight * ideology * (1.0 - w->cohesion) - g->coercion_weight * coercion;
}

static void move_issues(const state_t *s) {
    const parameters_t *g = s->parameters;
    world_t *w = s->world;
    double settling = 1.0 + g->settling_factor * exponential(-w->tenure / g->settling_months);
    double up = g->concession_rate * settling, down = g->tightening_rate * settling;
    for (int64_t k = 0; k < w->issues; k++) {
        double v, draw = s->draws[s->n + k];
        int64_t level = w->next_level[k] = w->level[k];
        if (w->level_forced[k] || g->authority_frozen) continue;
        if (draw <= 1.0 - up && draw >= down) continue;
        v = concession_value(s, k);
        if (level < TOP && draw > 1.0 - up * logistic((v - g->dead_band) / g->noise))
            w->next_level[k] = level + 1;
        else if (level > 0 && draw < down * logistic((-v - g->dead_band) / g->noise))
            w->next_level[k] = level - 1;
    }
}

static void flow(const state_t *s) {
    const parameters_t *g = s->parameters;
    const double *draws = s->draws + 3 * s->entities;
    world_t *w = s->world;
    double season = 1.0 + g->season_amplitude * cosine(w->calendar - g->season_peak);
    double needed = power(w->need / w->need_start, g->need_elasticity);
    double income = power(w->gdp / w->gdp_start, g->trade_income);
    double pledged = 0.0, development = 0.0, lost = 0.0, passing = 0.0, trade = 0.0;
    for (actor_t *a = s->actors; a < s->actors + s->n; a++) {
        const policy_t *p = &s->policies[a->policy];
        double noise = g->pledge_noise_low + g->pledge_noise_span * draws[a->index];
        pledged += a->pledged = a->relief_capacity / 12 * a->relief_budget * a->budget_cut * season
                                * needed * a->relief_share * noise * p->relief_factor;
        development += a->development =
            a->development_capacity / 12 * w->slow_budget * a->budget_cut * a->development_share
            * (a->rung >= 1 ? 1.0 : g->development_without_contact) * p->development_factor;
        double climbed = g->trade_rung * (double)(a->rung - a->rung_start) / RECOGNITION;
        a->trade_wanted = a->trade_capacity / 12 * (1.0 + climbed) * income * p->trade_factor;
        lost += a->trade_wanted * (1.0 - a->openness);
        passing += a->trade_wanted * a->openness;
    }
    double rerouted = passing > 0.0 ? w->rerouting * lost / passing : 0.0;
    for (actor_t *a = s->actors; a < s->actors + s->n; a++)
        trade += a->trade = a->trade_wanted * a->openness * (1.0 + rerouted);
    w->development = development, w->trade = trade;
    double shut = 0.0;
    for (int64_t k = 0; k < w->issues; k++)
        shut += g->access_loss[k] * (1.0 - (double)w->level[k] / TOP);
    w->access = fmin(fmax(1.0 - shut, 0.0), 1.0);
    w->delivered = w->access * (pledged + w->carry_over / g->carry_over_months);
    w->carry_over = fmax(w->carry_over + pledged - w->delivered, 0.0);
}

/* Runs 0 to `runs - 1` from `world` and `actors`; `totals` takes three sums for each run. */
void simulate(state_t *s, const world_t *world, const actor_t *actors, int64_t runs, int64_t months,
              uint32_t key_0, uint32_t key_1, double *totals) {
    for (int64_t run = 0; run < runs; run++, totals += 3) {
        *s->world = *world;
        memcpy(s->actors, actors, (size_t)s->n * sizeof(actor_t));
        for (int64_t month = 1; month <= months; month++) {
            s->world->calendar = (world->start_calendar + month - 2) % 12 + 1;
            fill(s, (uint32_t)run, (uint32_t)month, key_0, key_1);
            for (actor_t *a = s->actors; a < s->actors + s->n; a++) {
                const double *weights = s->policies[a->policy].issue_weights;
                double score = 0.0;
                for (int64_t k = 0; k < world->issues; k++)
                    score += weights[k] * (double)s->world->level[k];
                a->score = world->issues ? score / TOP : 1.0;
            }
            for (actor_t *a = s->actors; a < s->actors + s->n; a++) decide(s, a);
            move_issues(s);
            flow(s);
            for (actor_t *a = s->actors; a < s->actors + s->n; a++) a->rung = a->next_rung;
            for (int64_t k = 0; k < world->issues; k++)
                s->world->level[k] = s->world->next_level[k];
            totals[0] += s->world->delivered, totals[1] += s->world->development;
            totals[2] += s->world->trade;
        }
    }
}
