"""Writes the reference files that `tests/core/optimizers/test_golden.py` compares OptiSim with.

Run by hand from the project's root, in an environment of its own: `python tests/golden/make.py`, with
torch==2.13.0 (CPU), optax==0.2.8, jax==0.10.2, scipy==1.17.1, qhoptim==1.1.0 and pytorch_optimizer==4.1.0.
Nothing else needs these.

torch.json, optax.json: trajectories, {"spec", "surface", "start", "x"}, x being all positions from the start on.
fifty.json: trajectories in 50 dimensions on `chain`, {"spec", "layers", "at", "x"}, x being the positions after as
    many updates as `at` says; where there are layers, the library was given as many arrays.
fifty_minimum.json: {"method", "x", "loss"}, where searches on `chain` end.
schedules.json: {"spec", "steps", "rates"}, the learning rate of each update where the base rate is 1.
scipy.json: {"method", "surface", "start", "x", "loss"}, where a run to convergence ends.

All is float64, with gradients by autograd and (x, y) as one tensor, which matters to methods that look at norms.
"""

import json
import os
import warnings
from pathlib import Path

os.environ["JAX_ENABLE_X64"] = "1"  # read when jax is imported
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytorch_optimizer
import qhoptim.pyt
import scipy.optimize
import torch
from torch.optim import lr_scheduler

HERE = Path(__file__).parent
STEPS = 60

torch.set_default_dtype(torch.float64)  # or else NAdam's product of momenta is a float32, good for 1e-7

# ── Surfaces ─────────────────────────────────────────────────────────────────────────────────────────────

SURFACES = {
    "bowl": lambda x, y: x**2 / 20 + y**2,
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "booth": lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
}
STARTS = {"bowl": (-7.0, 2.0), "rosenbrock": (-1.2, 1.0), "booth": (-7.0, -5.0), "himmelblau": (-0.5, -1.0)}

# ── Methods ──────────────────────────────────────────────────────────────────────────────────────────────


def uncorrected_adam(p, **hypers):
    """torch always corrects, but an Adam that believes in 10⁷ earlier updates divides by 1 − β^10⁷ = 1."""
    adam = torch.optim.Adam(p, **hypers)
    adam.state[p[0]] = {"step": torch.tensor(1e7)} | {k: torch.zeros_like(p[0]) for k in ("exp_avg", "exp_avg_sq")}
    return adam


def torch_adam(p, lr, beta1, beta2, eps, bias_correction=True):
    adam = torch.optim.Adam if bias_correction else uncorrected_adam
    return adam(p, lr=lr, betas=(beta1, beta2), eps=eps)


TORCH = {
    "sgd": lambda p, lr: torch.optim.SGD(p, lr),
    "momentum": lambda p, lr, momentum: torch.optim.SGD(p, lr, momentum),
    "nesterov": lambda p, lr, momentum: torch.optim.SGD(p, lr, momentum, nesterov=True),
    "qhm": lambda p, lr, momentum, nu: qhoptim.pyt.QHM(p, lr, momentum, nu),
    "aggmo": lambda p, lr, beta1, beta2, beta3: pytorch_optimizer.AggMo(p, lr, (beta1, beta2, beta3)),
    "adagrad": lambda p, lr, eps: torch.optim.Adagrad(p, lr, eps=eps),
    "rmsprop": lambda p, lr, rho, eps, centered: torch.optim.RMSprop(p, lr, rho, eps, centered=centered),
    "adadelta": lambda p, lr, rho, eps: torch.optim.Adadelta(p, lr, rho, eps),
    "rprop": lambda p, lr, etaminus, etaplus, step_min, step_max: torch.optim.Rprop(
        p, lr, (etaminus, etaplus), (step_min, step_max)
    ),
    "adam": torch_adam,
    "amsgrad": lambda p, lr, beta1, beta2, eps: torch.optim.Adam(p, lr, (beta1, beta2), eps, amsgrad=True),
    "adamw": lambda p, lr, beta1, beta2, eps, weight_decay: torch.optim.AdamW(
        p, lr, (beta1, beta2), eps, weight_decay
    ),
    "adamax": lambda p, lr, beta1, beta2, eps: torch.optim.Adamax(p, lr, (beta1, beta2), eps),
    "nadam": lambda p, lr, beta1, beta2, eps, momentum_decay: torch.optim.NAdam(
        p, lr, (beta1, beta2), eps, momentum_decay=momentum_decay
    ),
    "radam": lambda p, lr, beta1, beta2, eps: torch.optim.RAdam(p, lr, (beta1, beta2), eps),
    "qhadam": lambda p, lr, beta1, beta2, nu1, nu2, eps: qhoptim.pyt.QHAdam(
        p, lr, (beta1, beta2), (nu1, nu2), eps=eps
    ),
    # not optax's, which up to 0.2.8 weighs differences of gradients by 1 − β₂ where the paper has β₂
    "adan": lambda p, lr, beta1, beta2, beta3, eps, weight_decay: pytorch_optimizer.Adan(
        p, lr, (beta1, beta2, beta3), weight_decay, eps=eps
    ),
}


def optax_sam(base, radius):
    """Foret et al. 2021: opaque, it takes its second gradient at x + radius · g/‖g‖ and lets `base` move x."""
    ascent = optax.chain(optax.contrib.normalize(), optax.sgd(radius))
    return optax.contrib.sam(base, ascent, opaque_mode=True)


def optax_lookahead(base, sync_period, slow_step_size):
    return optax.lookahead(base, int(sync_period), slow_step_size, reset_state=False)


def optax_adam(lr, beta1, beta2, eps, bias_correction=True):
    adam = optax.adam(lr, beta1, beta2, eps)

    def grown_old(params):
        moments, *others = adam.init(params)
        return moments._replace(count=jnp.int32(10**7)), *others

    return adam if bias_correction else optax.GradientTransformationExtraArgs(grown_old, adam.update)


OPTAX = {
    "signsgd": lambda lr: optax.sign_sgd(lr),
    "lion": lambda lr, beta1, beta2, weight_decay: optax.lion(lr, beta1, beta2, weight_decay=weight_decay),
    "adabelief": lambda lr, beta1, beta2, eps: optax.adabelief(lr, beta1, beta2, eps, eps_root=eps),
    "yogi": lambda lr, beta1, beta2, eps: optax.yogi(lr, beta1, beta2, eps),
    "novograd": lambda lr, beta1, beta2, eps, weight_decay: optax.novograd(
        lr, beta1, beta2, eps, weight_decay=weight_decay
    ),
    "lamb": lambda lr, beta1, beta2, eps, weight_decay: optax.lamb(
        lr, beta1, beta2, eps, weight_decay=weight_decay
    ),
    # it scales the gradient before it measures it: its rate is min((f − f*)/(s ‖g‖²), s · largest)
    "polyak": lambda scaling, f_min, max_lr: optax.polyak_sgd(max_lr / scaling, scaling, f_min),
    "sam-sgd": lambda lr, radius: optax_sam(optax.sgd(lr), radius),
    "sam-adam": lambda radius, **adam: optax_sam(optax_adam(**adam), radius),
    "lookahead-sgd": lambda lr, **slow: optax_lookahead(optax.sgd(lr), **slow),
    "lookahead-momentum": lambda lr, momentum, **slow: optax_lookahead(optax.sgd(lr, momentum), **slow),
    "lookahead-adam": lambda sync_period, slow_step_size, **adam: optax_lookahead(
        optax_adam(**adam), sync_period, slow_step_size
    ),
}

# ── Cases ────────────────────────────────────────────────────────────────────────────────────────────────
# No value is a default. ε is large, steps reach their limits and RAdam's early averages are too short to be
# rectified, so that every hyperparameter has a say. Rates are small enough for rounding not to be amplified.

CASES = {
    "bowl": """
        sgd:lr=0.8
        momentum:lr=0.15,momentum=0.8
        nesterov:lr=0.12,momentum=0.85
        qhm:lr=0.7,momentum=0.8,nu=0.6
        aggmo:lr=0.2,beta1=0.3,beta2=0.7,beta3=0.95
        adagrad:lr=0.9,eps=0.05
        rmsprop:lr=0.1,rho=0.8,eps=0.02,centered=false
        rmsprop:lr=0.05,rho=0.95,eps=0.1,centered=true
        adadelta:lr=3,rho=0.8,eps=0.01
        rprop:lr=0.1,etaminus=0.4,etaplus=1.3,step_min=0.03,step_max=0.6
        adam:lr=0.2,beta1=0.8,beta2=0.95,eps=0.01
        adam:lr=0.2,beta1=0.8,beta2=0.95,eps=0.01,bias_correction=false
        amsgrad:lr=0.2,beta1=0.8,beta2=0.9,eps=0.02
        adamw:lr=0.1,beta1=0.8,beta2=0.95,eps=0.03,weight_decay=0.2
        adamax:lr=0.2,beta1=0.8,beta2=0.9,eps=0.05
        nadam:lr=0.2,beta1=0.8,beta2=0.95,eps=0.02,momentum_decay=0.05
        radam:lr=0.2,beta1=0.8,beta2=0.98,eps=0.05
        qhadam:lr=0.2,beta1=0.8,beta2=0.95,nu1=0.6,nu2=0.8,eps=0.03
        signsgd:lr=0.0713
        lion:lr=0.1513,beta1=0.8,beta2=0.95,weight_decay=0.05
        adabelief:lr=0.1,beta1=0.8,beta2=0.95,eps=0.01
        yogi:lr=0.1,beta1=0.8,beta2=0.95,eps=0.05
        adan:lr=0.1,beta1=0.9,beta2=0.8,beta3=0.95,eps=0.05,weight_decay=0.1
        novograd:lr=0.02,beta1=0.8,beta2=0.6,eps=0.05,weight_decay=0.1
        lamb:lr=0.08,beta1=0.8,beta2=0.95,eps=0.05,weight_decay=0.2
        polyak:scaling=2,f_min=0.1,max_lr=0.45
        sam-sgd:lr=0.2,radius=0.3
        sam-adam:lr=0.1,beta1=0.8,beta2=0.95,eps=0.05,radius=0.3
        lookahead-sgd:lr=0.8,sync_period=4,slow_step_size=0.7
        lookahead-momentum:lr=0.15,momentum=0.8,sync_period=4,slow_step_size=0.7
        lookahead-adam:lr=0.2,beta1=0.8,beta2=0.95,eps=0.02,sync_period=4,slow_step_size=0.7
    """,
    "rosenbrock": """
        sgd:lr=0.001
        momentum:lr=0.0004,momentum=0.7
        nesterov:lr=0.0004,momentum=0.7
        qhm:lr=0.001,momentum=0.7,nu=0.8
        aggmo:lr=0.0005,beta1=0.2,beta2=0.6,beta3=0.8
        adagrad:lr=0.1,eps=0.5
        rmsprop:lr=0.01,rho=0.85,eps=1,centered=false
        rmsprop:lr=0.01,rho=0.85,eps=2,centered=true
        adadelta:lr=0.5,rho=0.85,eps=0.0001
        rprop:lr=0.02,etaminus=0.6,etaplus=1.15,step_min=0.004,step_max=0.05
        adam:lr=0.02,beta1=0.85,beta2=0.98,eps=0.5
        adam:lr=0.02,beta1=0.85,beta2=0.98,eps=0.5,bias_correction=false
        amsgrad:lr=0.02,beta1=0.7,beta2=0.8,eps=0.5
        adamw:lr=0.02,beta1=0.7,beta2=0.98,eps=0.5,weight_decay=0.3
        adamax:lr=0.02,beta1=0.85,beta2=0.95,eps=0.5
        nadam:lr=0.02,beta1=0.85,beta2=0.98,eps=0.5,momentum_decay=0.02
        radam:lr=0.001,beta1=0.7,beta2=0.97,eps=0.5
        qhadam:lr=0.02,beta1=0.85,beta2=0.98,nu1=0.8,nu2=0.9,eps=0.5
        signsgd:lr=0.00713
        lion:lr=0.00713,beta1=0.8,beta2=0.95,weight_decay=0.2
        adabelief:lr=0.01,beta1=0.8,beta2=0.98,eps=0.1
        yogi:lr=0.02,beta1=0.85,beta2=0.98,eps=0.5
        adan:lr=0.02,beta1=0.9,beta2=0.7,beta3=0.97,eps=0.5,weight_decay=0.2
        novograd:lr=0.002,beta1=0.7,beta2=0.8,eps=0.5,weight_decay=0.2
        lamb:lr=0.02,beta1=0.7,beta2=0.98,eps=0.5,weight_decay=0.3
        polyak:scaling=2.5,f_min=4.2,max_lr=0.0004
        sam-sgd:lr=0.0005,radius=0.1
        sam-adam:lr=0.02,beta1=0.8,beta2=0.98,eps=0.5,radius=0.1
        lookahead-sgd:lr=0.001,sync_period=3,slow_step_size=0.6
        lookahead-momentum:lr=0.0004,momentum=0.7,sync_period=3,slow_step_size=0.6
        lookahead-adam:lr=0.02,beta1=0.85,beta2=0.98,eps=0.5,sync_period=3,slow_step_size=0.6
    """,
    "booth": """
        sgd:lr=0.03
        momentum:lr=0.02,momentum=0.7
        nesterov:lr=0.02,momentum=0.75
        qhm:lr=0.08,momentum=0.7,nu=0.9
        aggmo:lr=0.03,beta1=0.1,beta2=0.5,beta3=0.8
        adabelief:lr=0.3,beta1=0.7,beta2=0.9,eps=0.1
        yogi:lr=0.3,beta1=0.7,beta2=0.9,eps=0.3
        adan:lr=0.2,beta1=0.85,beta2=0.9,beta3=0.9,eps=0.3,weight_decay=0.02
        novograd:lr=0.05,beta1=0.7,beta2=0.5,eps=0.5,weight_decay=0.02
        lamb:lr=0.05,beta1=0.7,beta2=0.9,eps=0.5,weight_decay=0.05
        polyak:scaling=2.5,f_min=-3,max_lr=0.006
        sam-sgd:lr=0.03,radius=0.5
        lookahead-sgd:lr=0.06,sync_period=7,slow_step_size=0.8
    """,
    "himmelblau": """
        sgd:lr=0.003
        momentum:lr=0.004,momentum=0.7
        nesterov:lr=0.004,momentum=0.75
        qhm:lr=0.01,momentum=0.7,nu=0.8
        aggmo:lr=0.004,beta1=0.2,beta2=0.6,beta3=0.85
        adagrad:lr=0.7,eps=0.5
        rmsprop:lr=0.05,rho=0.85,eps=1,centered=false
        rmsprop:lr=0.03,rho=0.85,eps=3,centered=true
        adadelta:lr=2,rho=0.85,eps=0.005
        rprop:lr=0.05,etaminus=0.6,etaplus=1.4,step_min=0.02,step_max=0.3
        adam:lr=0.15,beta1=0.7,beta2=0.9,eps=0.3
        adam:lr=0.15,beta1=0.7,beta2=0.9,eps=0.3,bias_correction=false
        amsgrad:lr=0.2,beta1=0.7,beta2=0.8,eps=0.3
        adamw:lr=0.15,beta1=0.7,beta2=0.9,eps=0.3,weight_decay=0.1
        adamax:lr=0.2,beta1=0.7,beta2=0.9,eps=0.3
        nadam:lr=0.1,beta1=0.7,beta2=0.95,eps=0.5,momentum_decay=0.1
        radam:lr=0.02,beta1=0.7,beta2=0.9,eps=0.3
        qhadam:lr=0.15,beta1=0.7,beta2=0.9,nu1=0.9,nu2=0.7,eps=0.3
        signsgd:lr=0.0613
        lion:lr=0.0413,beta1=0.6,beta2=0.9,weight_decay=0.1
        adabelief:lr=0.1,beta1=0.7,beta2=0.9,eps=0.1
        yogi:lr=0.1,beta1=0.7,beta2=0.9,eps=0.3
        adan:lr=0.1,beta1=0.85,beta2=0.6,beta3=0.9,eps=0.3,weight_decay=0.05
        novograd:lr=0.03,beta1=0.7,beta2=0.5,eps=0.5,weight_decay=0.05
        lamb:lr=0.03,beta1=0.7,beta2=0.95,eps=0.3,weight_decay=0.1
        polyak:scaling=0.55,f_min=5,max_lr=0.012
        sam-sgd:lr=0.005,radius=0.2
        sam-adam:lr=0.1,beta1=0.7,beta2=0.9,eps=0.3,radius=0.2
        sam-adam:lr=0.1,beta1=0.7,beta2=0.9,eps=0.3,bias_correction=false,radius=0.2
        lookahead-sgd:lr=0.008,sync_period=7,slow_step_size=0.8
        lookahead-momentum:lr=0.004,momentum=0.7,sync_period=7,slow_step_size=0.8
        lookahead-adam:lr=0.15,beta1=0.7,beta2=0.9,eps=0.3,sync_period=7,slow_step_size=0.8
        lookahead-adam:lr=0.15,beta1=0.7,beta2=0.9,eps=0.3,bias_correction=false,sync_period=7,slow_step_size=0.8
    """,
}

# ── Trajectories ─────────────────────────────────────────────────────────────────────────────────────────


def hypers(spec):
    """The hyperparameters written in a spec."""
    pairs = (pair.split("=") for pair in spec.partition(":")[2].split(","))
    return {name: value == "true" if value in ("true", "false") else float(value) for name, value in pairs}


def torch_positions(spec, surface, start):
    p = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = TORCH[slug_of(spec)]([p], **hypers(spec))
    x = [p.tolist()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        surface(p[0], p[1]).backward()
        optimizer.step()
        x.append(p.tolist())
    return x


def optax_positions(spec, surface, start):
    return [list(start), *optax_walk(spec, jnp.array(start), lambda p: surface(p[0], p[1]), lambda p: p.tolist())]


def optax_walk(spec, params, loss, listed):
    """The positions after each of the updates, as lists, for parameters of any structure."""
    optimizer = OPTAX[slug_of(spec)](**hypers(spec))
    family = slug_of(spec).partition("-")[0]
    value_and_grad = jax.value_and_grad(loss)

    @jax.jit
    def update(params, state):
        value, grad = value_and_grad(fast(params))
        # Polyak's rate needs the loss, which the chained ones ignore; the wrappers refuse what they do not know
        known = {"sam": {"grad_fn": lambda p, _: value_and_grad(p)[1]}, "lookahead": {}}.get(
            family, {"value": value}
        )
        updates, state = optimizer.update(grad, state, params, **known)
        return optax.apply_updates(params, updates), state

    def fast(params):
        return params.fast if family == "lookahead" else params

    if family == "lookahead":
        params = optax.LookaheadParams.init_synced(params)
    state = optimizer.init(params)
    x = []
    for _ in range(STEPS):
        params, state = update(params, state)
        x.append(listed(fast(params)))
    return x


def slug_of(spec):
    return spec.partition(":")[0]


def trajectories(methods, positions):
    """The records of all cases of `methods`, each calm: starts 10⁻¹⁴ apart stay within a tenth of what is tested.

    Otherwise the last digits would be those of one order of additions, and prove nothing about the method.
    """
    for name, specs in CASES.items():
        for spec in specs.split():
            if slug_of(spec) not in methods:
                continue
            x = positions(spec, SURFACES[name], STARTS[name])
            beside = positions(spec, SURFACES[name], [value * (1 + 1e-14) for value in STARTS[name]])
            np.testing.assert_allclose(beside, x, rtol=1e-10, atol=1e-12, err_msg=f"{spec} on {name}")
            yield {"spec": spec, "surface": name, "start": STARTS[name], "x": x}


# ── Fifty dimensions ─────────────────────────────────────────────────────────────────────────────────────
# The cases of the bowl, on a convex function that curves less, so that 50 coordinates are as calm as two.

CURVATURES = np.geomspace(0.01, 0.2, 50)
FAR_START = 2 * np.cos(np.arange(50.0))
LAYERS = [20, 25, 5]
LAYERWISE = ("lamb", "novograd", "sam-sgd")  # SAM measures all layers at once
SEEN = (1, 10, 60)
SEARCHES = {"lbfgs": ("L-BFGS-B", {"ftol": 0.0, "gtol": 1e-13}), "bfgs": ("BFGS", {"gtol": 1e-10})}


def chain(x, curvatures):
    """Springs to 0 of many strengths, springs between neighbours, and a quartic around 1."""
    return (curvatures * x**2).sum() / 2 + ((x[1:] - x[:-1]) ** 2).sum() / 100 + ((x - 1) ** 4).sum() / 1000


def torch_fifty(spec, start, layers):
    p = torch.tensor(start, requires_grad=True)
    optimizer = TORCH[slug_of(spec)]([p], **hypers(spec))
    curvatures, x = torch.tensor(CURVATURES), []
    for _ in range(STEPS):
        optimizer.zero_grad()
        chain(p, curvatures).backward()
        optimizer.step()
        x.append(p.tolist())
    return x


def optax_fifty(spec, start, layers):
    ends = np.cumsum(layers)[:-1].tolist()
    return optax_walk(
        spec,
        [jnp.array(part) for part in np.split(start, ends)],
        lambda parts: chain(jnp.concatenate(parts), CURVATURES),
        lambda parts: jnp.concatenate(parts).tolist(),
    )


def fifty():
    for methods, walk in ((TORCH, torch_fifty), (OPTAX, optax_fifty)):
        for spec in CASES["bowl"].split():
            if slug_of(spec) not in methods:
                continue
            for layers in ([], LAYERS) if slug_of(spec) in LAYERWISE else ([],):
                x = walk(spec, FAR_START, layers)
                beside = walk(spec, FAR_START * (1 + 1e-14), layers)
                np.testing.assert_allclose(beside, x, rtol=1e-10, atol=1e-12, err_msg=f"{spec} in 50 dimensions")
                yield {"spec": spec, "layers": layers, "at": SEEN, "x": [x[t - 1] for t in SEEN]}


def fifty_minimum():
    value_and_grad = jax.value_and_grad(lambda x: chain(x, CURVATURES))
    for method, (name, options) in SEARCHES.items():
        found = scipy.optimize.minimize(value_and_grad, FAR_START, jac=True, method=name, options=options)
        assert np.linalg.norm(found.jac) < 1e-9, (method, found.message)
        yield {"method": method, "x": found.x.tolist(), "loss": float(found.fun)}
    p, curvatures = torch.tensor(FAR_START, requires_grad=True), torch.tensor(CURVATURES)
    search = torch.optim.LBFGS(
        [p], max_iter=500, tolerance_grad=1e-12, tolerance_change=0, line_search_fn="strong_wolfe"
    )

    def closure():
        search.zero_grad()
        loss = chain(p, curvatures)
        loss.backward()
        return loss

    search.step(closure)
    yield {"method": "lbfgs", "x": p.tolist(), "loss": float(closure())}


# ── Schedules ────────────────────────────────────────────────────────────────────────────────────────────


def warm_up(optimizer, warmup, warmup_start):
    return lr_scheduler.LinearLR(optimizer, start_factor=warmup_start, total_iters=warmup)


def after_warm_up(optimizer, later, warmup, warmup_start):
    first = warm_up(optimizer, warmup, warmup_start)
    return lr_scheduler.SequentialLR(optimizer, [first, later], milestones=[warmup])


SCHEDULES = {  # spec → scheduler for an optimizer and n updates
    "step:every=7,gamma=0.3": lambda o, n: lr_scheduler.StepLR(o, 7, 0.3),
    "step:every=4,gamma=0.75": lambda o, n: lr_scheduler.StepLR(o, 4, 0.75),
    "exponential:gamma=0.9": lambda o, n: lr_scheduler.ExponentialLR(o, 0.9),
    "exponential:gamma=0.97": lambda o, n: lr_scheduler.ExponentialLR(o, 0.97),
    "polynomial:power=2": lambda o, n: lr_scheduler.PolynomialLR(o, n, 2),
    "polynomial:power=0.7": lambda o, n: lr_scheduler.PolynomialLR(o, n, 0.7),
    "cosine:end=0.1": lambda o, n: lr_scheduler.CosineAnnealingLR(o, n, 0.1),
    "cosine:end=0.02": lambda o, n: lr_scheduler.CosineAnnealingLR(o, n, 0.02),
    "restarts:period=10,growth=2,end=0.05": lambda o, n: lr_scheduler.CosineAnnealingWarmRestarts(o, 10, 2, 0.05),
    "restarts:period=4,growth=3,end=0.2": lambda o, n: lr_scheduler.CosineAnnealingWarmRestarts(o, 4, 3, 0.2),
    "one-cycle:rise=0.25,start_div=20,end_div=1000": lambda o, n: lr_scheduler.OneCycleLR(
        o, 1, n, pct_start=0.25, div_factor=20, final_div_factor=1000, cycle_momentum=False
    ),
    "one-cycle:rise=0.4,start_div=5,end_div=50": lambda o, n: lr_scheduler.OneCycleLR(
        o, 1, n, pct_start=0.4, div_factor=5, final_div_factor=50, cycle_momentum=False
    ),
    "cyclic:low=0.2,half_period=6": lambda o, n: lr_scheduler.CyclicLR(o, 0.2, 1, 6, cycle_momentum=False),
    "cyclic:low=0.05,half_period=9": lambda o, n: lr_scheduler.CyclicLR(o, 0.05, 1, 9, cycle_momentum=False),
    "constant:warmup=5,warmup_start=0.1": lambda o, n: warm_up(o, 5, 0.1),
    "constant:warmup=12,warmup_start=0.3": lambda o, n: warm_up(o, 12, 0.3),
    "cosine:end=0.1,warmup=5,warmup_start=0.2": lambda o, n: after_warm_up(
        o, lr_scheduler.CosineAnnealingLR(o, n - 5, 0.1), 5, 0.2
    ),
    "cosine:end=0.3,warmup=8,warmup_start=0.05": lambda o, n: after_warm_up(
        o, lr_scheduler.CosineAnnealingLR(o, n - 8, 0.3), 8, 0.05
    ),
    "step:every=4,gamma=0.5,warmup=3,warmup_start=0.5": lambda o, n: after_warm_up(
        o, lr_scheduler.StepLR(o, 4, 0.5), 3, 0.5
    ),
    "step:every=6,gamma=0.8,warmup=7,warmup_start=0.1": lambda o, n: after_warm_up(
        o, lr_scheduler.StepLR(o, 6, 0.8), 7, 0.1
    ),
}


def rates(schedule, steps):
    optimizer = torch.optim.SGD([torch.zeros(2)], lr=1.0)
    scheduler = schedule(optimizer, steps)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(rates) < steps:
            scheduler.step()
    if isinstance(scheduler, lr_scheduler.CosineAnnealingLR):  # its recursion rounds at every step
        for scheduler.last_epoch in range(steps):
            rates[scheduler.last_epoch] = scheduler._get_closed_form_lr()[0]
    return rates


def schedules():
    for spec, schedule in SCHEDULES.items():
        for steps in (40, 25):
            yield {"spec": spec, "steps": steps, "rates": rates(schedule, steps)}


# ── Minima ───────────────────────────────────────────────────────────────────────────────────────────────

FROM = {  # starts from which a search that only descends has one place to go to
    "rosenbrock": [(-1.2, 1.0), (1.5, -0.5)],
    "beale": [(1.0, 1.5), (2.5, 0.0)],
    "himmelblau": [(3.6, 2.6), (-3.5, -2.5)],
}


def minima():
    for method, (name, options) in SEARCHES.items():
        for surface, starts in FROM.items():
            for start in starts:
                value_and_grad = jax.value_and_grad(lambda p, loss=SURFACES[surface]: loss(p[0], p[1]))
                found = scipy.optimize.minimize(value_and_grad, start, jac=True, method=name, options=options)
                x, loss = found.x.tolist(), float(found.fun)
                assert np.linalg.norm(found.jac) < 1e-9, (method, surface, start, found.message)
                yield {"method": method, "surface": surface, "start": start, "x": x, "loss": loss}


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────


def write(name, records):
    """One record a line, so that a difference shows which."""
    lines = ",\n".join(json.dumps(record, separators=(",", ":"), allow_nan=False) for record in records)
    (HERE / name).write_text(f"[\n{lines}\n]\n", encoding="ascii")


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=UserWarning)  # qhoptim calls add_ as torch did in 2019
    write("torch.json", trajectories(TORCH, torch_positions))
    write("optax.json", trajectories(OPTAX, optax_positions))
    write("fifty.json", fifty())
    write("fifty_minimum.json", fifty_minimum())
    write("schedules.json", schedules())
    write("scipy.json", minima())
