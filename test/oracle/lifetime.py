#!/usr/bin/env python3
"""Golden numbers of the lifetime models, by mpmath with 60 digits and more.

Prints the tables in test/unit/test_{special,quadrature,bgnbd,paretonbd,gamma_gamma,
sbg}.c.  The formulas are those of the papers, with gamma and hypergeometric
functions; the code under test has others.  Debian: apt-get install python3-mpmath
(1.2.1 made the numbers there).
"""
from mpmath import diff, exp, findroot, hyp2f1, inf, log, loggamma, mp, mpf, nsum, polygamma, sqrt

mp.dps = 60


def table(name, rows):
    print("\n/* %s */" % name)
    for row in rows:
        print("\t{" + ", ".join(repr(float(x)) for x in row) + "},")


def numbers(row):
    return [mpf(x) for x in row]


def rising():
    for a, x in [(0.25, 1), (0.25, 7), (1e-5, 3), (3.5, 0), (3.5, 1), (15.5, 2), (17, 400), (150000, 1), (150000, 10000),
                 (0.7, 10000), (2.5, 0.75), (40, 1e15)]:
        a, x = numbers((a, x))
        yield (a, x, loggamma(a + x) - loggamma(a), polygamma(0, a + x) - polygamma(0, a),
               polygamma(1, a + x) - polygamma(1, a))


def trigamma():
    for x in [1e-5, 0.3, 1, 2.5, 15.9, 16, 1000, 1e9]:
        yield x, polygamma(1, mpf(x))


# ---------- BG/NBD: Fader, Hardie & Lee (2005), equations 6, 10 and appendix ----------

def bgnbd_likelihood(r, alpha, a, b, x, t, T):
    beta = lambda p, q: exp(loggamma(p) + loggamma(q) - loggamma(p + q))
    alive = beta(a, b + x) / beta(a, b) / (alpha + T) ** (r + x)
    dead = beta(a + 1, b + x - 1) / beta(a, b) / (alpha + t) ** (r + x) if x > 0 else 0
    return loggamma(r + x) - loggamma(r) + r * log(alpha) + log(alive + dead)


def bgnbd_p_alive(r, alpha, a, b, x, t, T):
    return 1 / (1 + (a / (b + x - 1) * ((alpha + T) / (alpha + t)) ** (r + x) if x > 0 else 0))


def bgnbd_future(n, a, b, z):
    if a == 1:
        a += mpf(10) ** -30
    y = z / (1 + z)
    return (a + b - 1) / (a - 1) * (1 - (1 - y) ** n * hyp2f1(n, b, a + b - 1, y, maxterms=10 ** 7))


BGNBD = [
    (0.24259, 4.41353, 0.79289, 2.42575, 2, 30.43, 38.86, 39),
    (0.24259, 4.41353, 0.79289, 2.42575, 0, 0, 38.86, 39),
    (0.24259, 4.41353, 0.79289, 2.42575, 1, 0, 10, 1e-6),
    (0.24259, 4.41353, 1, 2.42575, 7, 29.43, 38.86, 39),
    (0.24259, 4.41353, 1.0000001, 2.42575, 7, 29.43, 38.86, 39),
    (2, 0.01, 0.05, 30, 300, 38, 38, 10),
    (2, 0.01, 0.05, 30, 300, 30, 38, 400),
    (50, 1000, 20, 0.5, 3, 100, 1000, 5000),
    (0.01, 1e-4, 3, 3, 1, 0.5, 100, 1e5),
    (1, 1, 0.01, 0.01, 25, 9, 10, 200),
    (5, 2, 1, 1, 10000, 999, 1000, 500),
]


def bgnbd():
    for row in BGNBD:
        r, alpha, a, b, x, t, T, h = numbers(row)
        yield row + (bgnbd_likelihood(r, alpha, a, b, x, t, T), bgnbd_p_alive(r, alpha, a, b, x, t, T),
                     bgnbd_future(r + x, a, b + x, h / (alpha + T)))


def beta_mean():
    for n, a, b, z in [(2.24, 0.79, 4.43, 0.9), (2.24, 1, 4.43, 0.9), (0.3, 0.01, 0.02, 3), (400, 7.4, 73, 94), (140, 10, 183, 6.5),
                       (50, 120, 80, 0.1), (3, 0.5, 900, 1000), (1000, 3, 2000, 20)]:
        yield n, a, b, z, bgnbd_future(*numbers((n, a, b, z)))


# ---------- Pareto/NBD: Fader & Hardie (2005), "A Note on Deriving the Pareto/NBD Model" ----------

def paretonbd_parts(r, alpha, s, beta, x, t, T):
    q = r + s + x
    top = max(alpha, beta)
    p = s + 1 if alpha >= beta else r + x
    f = lambda u: hyp2f1(q, p, q + 1, abs(alpha - beta) / (top + u), maxterms=10 ** 7) / (top + u) ** q
    return (alpha + T) ** -(r + x) * (beta + T) ** -s, s / q * (f(t) - f(T))


def paretonbd_future(r, alpha, s, beta, x, T, h):
    if s == 1:
        s += mpf(10) ** -30
    return (r + x) * (beta + T) / (alpha + T) / (s - 1) * (1 - ((beta + T) / (beta + T + h)) ** (s - 1))


PARETONBD = [
    (0.55328, 10.57761, 0.60621, 11.66791, 2, 30.43, 38.86, 39),
    (0.55328, 10.57761, 0.60621, 11.66791, 0, 0, 38.86, 39),
    (0.55328, 11.66791, 1, 10.57761, 7, 29.43, 38.86, 39),
    (0.55328, 10, 1.0000001, 10, 7, 29.43, 38.86, 1e-6),
    (0.55328, 10, 0.6, 10.0000001, 1, 1, 30, 1e8),
    (0.55328, 10.57761, 0.60621, 11.66791, 5, 38.86, 38.86, 5),
    (2, 0.001, 0.05, 30, 300, 38, 39, 10),
    (2, 30, 0.05, 0.001, 300, 20, 39, 10),
    (0.02, 1e-4, 3, 50, 0, 0, 1e4, 10),
    (0.02, 50, 300, 1e-4, 0, 0, 1e4, 10),
    (100, 1000, 700, 0.5, 3, 1e-3, 1000, 5000),
    (5, 2, 1, 1, 10000, 999, 1000, 500),
    (5, 1, 0.5, 2, 10000, 500, 1000, 500),
]


def paretonbd():
    for row in PARETONBD:
        r, alpha, s, beta, x, t, T, h = numbers(row)
        with mp.workdps(60 + int(x) // 50):
            alive, dead = paretonbd_parts(r, alpha, s, beta, x, t, T)
            likelihood = (loggamma(r + x) - loggamma(r) + r * log(alpha) + s * log(beta) + log(alive + dead))
            yield row + (likelihood, alive / (alive + dead), paretonbd_future(r, alpha, s, beta, x, T, h))


# ---------- gamma-gamma: Fader & Hardie (2013), equations 1a and 5 ----------

def gamma_gamma():
    for row in [(6.25, 3.74, 15.44, 2, 22.35), (6.25, 3.74, 15.44, 1, 1e-3), (0.2, 0.3, 100, 30, 5e4), (5e4, 8e4, 20, 3, 12),
                (0.01, 1e4, 1e-3, 1, 1)]:
        p, q, v, x, m = numbers(row)
        yield row + (loggamma(p * x + q) - loggamma(p * x) - loggamma(q) + q * log(v) + (p * x - 1) * log(m)
                     + p * x * log(x) - (p * x + q) * log(x * m + v), p * (v + x * m) / (p * x + q - 1))


# ---------- sBG: Fader & Hardie (2007), equations 5 to 7; (2010), equation 4 ----------

def survival(a, b, n):
    return exp(loggamma(b + n) + loggamma(a + b) - loggamma(b) - loggamma(a + b + n))


def sbg():
    for a, b, start, end in [(0.668, 3.806, 0, 1), (0.668, 3.806, 3, 7), (0.668, 3.806, 7, 7), (1e-5, 100, 0, 2), (1e4, 2e4, 0, 50)]:
        a, b = numbers((a, b))
        chance = survival(a, b, start) - (survival(a, b, end) if end > start else 0)
        yield a, b, start, end, log(chance)


def sbg_ltv():
    for a, b, d in [(0.668, 3.806, 0.1), (0.704, 1.182, 1e-6), (3, 2, 0.01), (150, 400, 0.05), (0.01, 0.02, 1e-4), (2, 5, 3)]:
        a, b, d = numbers((a, b, d))
        yield a, b, d, hyp2f1(1, b, a + b, 1 / (1 + d), maxterms=10 ** 8)


def sbg_contracts():
    """Duration, lost, customers; then what maximizes their likelihood, and its
    curvature there."""
    contracts = [(0, 0, 40), (1, 0, 200), (1, 1, 300), (2, 1, 100), (3, 0, 250), (3, 1, 50), (4, 0, 190), (5, 1, 15), (6, 0, 220)]

    def likelihood(a, b):
        return sum(n * log(survival(a, b, t - lost) - (survival(a, b, t) if lost else 0)) for t, lost, n in contracts)

    a, b = findroot([lambda a, b: diff(likelihood, (a, b), (1, 0)), lambda a, b: diff(likelihood, (a, b), (0, 1))], (0.2, 0.6), tol=mpf(10) ** -30)
    aa, ab, bb = [-diff(likelihood, (a, b), n) for n in [(2, 0), (1, 1), (0, 2)]]
    det = aa * bb - ab * ab
    yield a, b, sqrt(bb / det), sqrt(aa / det), likelihood(a, b)


table("a, x, log, first, second", rising())
table("x, trigamma", trigamma())
table("n, a, b, z, mean of (1 - (1 + p z)^-n) / p", beta_mean())
table("r, alpha, a, b, x, t, T, horizon, log-likelihood, P(alive), purchases if alive", bgnbd())
table("r, alpha, s, beta, x, t, T, horizon, log-likelihood, P(alive), purchases if alive", paretonbd())
table("p, q, v, x, m, log-likelihood, expected spend", gamma_gamma())
table("a, b, from, to, log of the chance", sbg())
table("a, b, discount, periods", sbg_ltv())
table("contracts: a, b, standard errors, log-likelihood", sbg_contracts())
assert abs(nsum(lambda n: survival(mpf(3), mpf(2), n) / mpf(1.01) ** n, [0, inf]) - hyp2f1(1, 2, 5, 1 / mpf(1.01))) < mpf(10) ** -20
