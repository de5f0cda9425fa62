"""A document as one short line of text, to be pasted into a chat or a mail.

    optisim:1ePnupYscI7JKMCG9SqjFVSzjLItxll24cjeuDIA1JdTG1gIAyV9QmQ

After the name comes the number of the format, and then, for format 1, the document's JSON without spaces,
compressed by zlib with a dictionary of the words that scenarios are made of, in the alphabet of base64 for
addresses, without the `=` at its end. Only what is unusual takes room: this is all of the chapter's race.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

from optisim.core.base.problems import N_, Problem
from optisim.core.documents.kinds import MAX_FILE, from_json, to_data

PREFIX = "optisim:"
FORMAT = "1"
# what mails and chats put around it or into it: white space, brackets, quotes, and marks that nobody sees
_AROUND = re.compile(
    "[\\s<>()\\[\\]{}*.,;\"'`\u300c\u300d\u00ad\u200c\u200d\u2060\u2018\u2019\u201c\u201d\u00ab\u00bb\u200b\ufeff]+"
)


def to_share(document: object) -> str:
    """A document of any kind, such as a Scenario, as a share string."""
    packer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zdict=_WORDS)
    packed = packer.compress(json.dumps(to_data(document), separators=(",", ":")).encode()) + packer.flush()
    return PREFIX + FORMAT + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def from_share(text: str) -> Any:
    """The document in a share string, such as a Scenario; white space in it and quotes around it do not matter.

    Raises:
        Problem: if the text is no share string, is damaged, or is of a newer version.
    """
    if len(text) > MAX_FILE:
        raise Problem(N_("This is too large to be a document of OptiSim."))
    found = re.fullmatch(f"(?i:{PREFIX})" + "([0-9])([A-Za-z0-9_-]+)=*", _AROUND.sub("", text))
    if found is None:
        raise Problem(
            N_("This is not a share string of OptiSim; it begins with “optisim:”, then letters and digits.")
        )
    if found[1] != FORMAT:
        raise Problem(N_("This was made by a newer OptiSim; update to open it."))
    return from_json(_unpacked(found[2]))


def is_share(text: str) -> bool:
    """Whether the text sets out to be a share string; it may still be damaged."""
    return len(text) <= MAX_FILE and re.match(f"(?i:{PREFIX})[0-9]", _AROUND.sub("", text)) is not None


def _unpacked(letters: str) -> str:
    """The text in the letters of format 1, which may claim to be larger than there is memory."""
    unpacker = zlib.decompressobj(zdict=_WORDS)
    try:
        unpacked = unpacker.decompress(base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)), MAX_FILE)
        if not unpacker.eof or unpacker.unused_data:
            raise ValueError
        return unpacked.decode()
    except (ValueError, zlib.error):
        raise Problem(N_("This share string is damaged or incomplete; copy all of it once more.")) from None


# The dictionary belongs to format 1 and is frozen for ever: with a letter changed, no string that was ever shared
# would open. It is what files of version 3 said, the most frequent last; all else can be shared, but is longer.
_WORDS = r"""
"kind":"warm-up","hyperparameters":{"warmup":10,"warmup_start":0.1}},"kind":"step","hyperparameters":{"every":10
,"gamma":0.5,"warmup":0,"warmup_start":0.1}},"kind":"exponential","hyperparameters":{"gamma":0.95,"warmup":0,"wa
rmup_start":0.1}},"kind":"inverse-time","hyperparameters":{"gamma":0.1,"warmup":0,"warmup_start":0.1}},"kind":"p
olynomial","hyperparameters":{"power":1.0,"end":0.0,"warmup":0,"warmup_start":0.1}},"kind":"cosine","hyperparame
ters":{"end":0.0,"warmup":0,"warmup_start":0.1}},"kind":"restarts","hyperparameters":{"period":10,"growth":2,"en
d":0.0,"warmup":0,"warmup_start":0.1}},"kind":"one-cycle","hyperparameters":{"rise":0.3,"start_div":25.0,"end_di
v":10000.0,"warmup":0,"warmup_start":0.1}},"kind":"cyclic","hyperparameters":{"low":0.1,"half_period":10,"warmup
":0,"warmup_start":0.1}},"kind":"gaussian","hyperparameters":{"sigma":0.5,"fading":0.0}},"kind":"batches","hyper
parameters":{"size":4}},"past":[{"until":10,"hyperparameters":{"lr":bowl","kappa-bowl","booth","round-bowl","til
ted-bowl","matyas","quartic-bowl","line-fit","soft-cone","rosenbrock","beale","dixon-price","zakharov","leon","m
ccormick","freudenstein-roth","winding-valley","saddle","monkey-saddle","double-well","shelf","two-layer-net","c
hessboard","mexican-hat","himmelblau","rastrigin","ackley","styblinski-tang","goldstein-price","six-hump-camel",
"eggholder","levy","griewank","schwefel","drop-wave","branin","shubert","three-hump-camel","bohachevsky","michal
ewicz","schaffer-2","golf-hole","easom","staircase","neuron","recurrent-cliff","diamond","pyramid","median-line"
,"lasso","kinked-valley","relu-neuron","holder-table","linear-regression","logistic-regression","tiny-network","
{"optimizer":"nesterov","hyperparameters":{"lr":0.1,"momentum":0.9},{"optimizer":"qhm","hyperparameters":{"lr":0
.9,"momentum":0.9,"nu":0.7},{"optimizer":"aggmo","hyperparameters":{"lr":0.1,"beta1":0.0,"beta2":0.9,"beta3":0.9
9},{"optimizer":"adadelta","hyperparameters":{"lr":1.0,"rho":0.9,"eps":0.001},{"optimizer":"amsgrad","hyperparam
eters":{"lr":0.3,"beta1":0.9,"beta2":0.999,"eps":1e-08},{"optimizer":"adamw","hyperparameters":{"lr":0.3,"beta1"
:0.9,"beta2":0.999,"eps":1e-08,"weight_decay":0.01},{"optimizer":"adamax","hyperparameters":{"lr":0.3,"beta1":0.
9,"beta2":0.999,"eps":1e-08},{"optimizer":"nadam","hyperparameters":{"lr":0.3,"beta1":0.9,"beta2":0.999,"eps":1e
-08,"momentum_decay":0.004},{"optimizer":"radam","hyperparameters":{"lr":0.3,"beta1":0.9,"beta2":0.999,"eps":1e-
08},{"optimizer":"qhadam","hyperparameters":{"lr":0.3,"beta1":0.9,"beta2":0.999,"nu1":0.7,"nu2":1.0,"eps":1e-08}
,{"optimizer":"adabelief","hyperparameters":{"lr":0.3,"beta1":0.9,"beta2":0.999,"eps":1e-16},{"optimizer":"yogi"
,"hyperparameters":{"lr":0.3,"beta1":0.9,"beta2":0.999,"eps":0.001},{"optimizer":"adan","hyperparameters":{"lr":
0.3,"beta1":0.98,"beta2":0.92,"beta3":0.99,"eps":1e-08,"weight_decay":0.0},{"optimizer":"novograd","hyperparamet
ers":{"lr":0.3,"beta1":0.9,"beta2":0.25,"eps":1e-06,"weight_decay":0.0},{"optimizer":"lamb","hyperparameters":{"
lr":0.05,"beta1":0.9,"beta2":0.999,"eps":1e-06,"weight_decay":0.0},{"optimizer":"signsgd","hyperparameters":{"lr
":0.3},{"optimizer":"rprop","hyperparameters":{"lr":0.3,"etaminus":0.5,"etaplus":1.2,"step_min":1e-06,"step_max"
:50.0},{"optimizer":"lion","hyperparameters":{"lr":0.3,"beta1":0.9,"beta2":0.99,"weight_decay":0.0},{"optimizer"
:"sam-sgd","hyperparameters":{"lr":0.5,"radius":0.05},{"optimizer":"sam-adam","hyperparameters":{"lr":0.3,"beta1
":0.9,"beta2":0.999,"eps":1e-08,"bias_correction":true,"radius":0.05},{"optimizer":"polyak","hyperparameters":{"
scaling":2.0,"f_min":0.0,"max_lr":10.0},{"optimizer":"bb","hyperparameters":{"lr":0.1,"max_lr":20.0},{"optimizer
":"backtracking","hyperparameters":{"lr":4.0,"shrink":0.5,"decrease":0.0001},{"optimizer":"cg","hyperparameters"
:{"lr":4.0,"decrease":0.0001,"gentler":0.1},{"optimizer":"bfgs","hyperparameters":{"lr":0.5,"decrease":0.0001,"g
entler":0.9},{"optimizer":"lbfgs","hyperparameters":{"lr":0.5,"memory":5,"decrease":0.0001,"gentler":0.9},{"opti
mizer":"newton","hyperparameters":{"damping":0.0,"shrink":0.5,"decrease":0.0001},"parameters":{"a":[1.0,0.0,10.0
]}},"log":false,"ghost":true,"visible":false,"bias_correction":false,sin(cos(exp(sqrt(abs("stream":5,"color":"#0
072B2","marker":"triangle-down","stream":6,"color":"#F0E442","marker":"hexagon","stream":7,"color":"#7F7F7F","ma
rker":"star",{"format":"optisim-scenario","version":3,"surface":{"slug":"bowl","formula":"x^2/20 + y^2","domain"
:[-10.0,10.0,-10.0,10.0],"log":true,"parameters":{}},"noise":{"kind":"none","hyperparameters":{}},"seed":0,"seed
s":1,"starts":[[-7.0,2.0]],"steps":30,"runs":[{"optimizer":"sgd","hyperparameters":{"lr":0.95},"schedule":{"kind
":"constant","hyperparameters":{"warmup":0,"warmup_start":0.1}},"stream":0,"color":"#E69F00","marker":"circle","
visible":true,"label":"","past":[],"ghost":false},{"optimizer":"momentum","hyperparameters":{"lr":0.1,"momentum"
:0.9},"schedule":{"kind":"constant","hyperparameters":{"warmup":0,"warmup_start":0.1}},"stream":1,"color":"#56B4
E9","marker":"square","visible":true,"label":"","past":[],"ghost":false},{"optimizer":"adagrad","hyperparameters
":{"lr":1.5,"eps":1e-07},"schedule":{"kind":"constant","hyperparameters":{"warmup":0,"warmup_start":0.1}},"strea
m":2,"color":"#009E73","marker":"triangle","visible":true,"label":"","past":[],"ghost":false},{"optimizer":"rmsp
rop","hyperparameters":{"lr":0.3,"rho":0.9,"eps":1e-07,"centered":false},"schedule":{"kind":"constant","hyperpar
ameters":{"warmup":0,"warmup_start":0.1}},"stream":3,"color":"#CC79A7","marker":"diamond","visible":true,"label"
:"","past":[],"ghost":false},{"optimizer":"adam","hyperparameters":{"lr":0.3,"beta1":0.9,"beta2":0.999,"eps":1e-
08,"bias_correction":true},"schedule":{"kind":"constant","hyperparameters":{"warmup":0,"warmup_start":0.1}},"str
eam":4,"color":"#D55E00","marker":"pentagon","visible":true,"label":"","past":[],"ghost":false}],"bookmarks":[]}
""".replace("\n", "").encode()
