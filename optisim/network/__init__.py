"""Networks of neurons, trained by the optimizers that race: NumPy alone, no window.

```python
from optisim.network import Network, digits, train

data = digits()
net = Network((64, 100, 100, 10), activation="relu", initial="he", seed=0)
run = train(net, data, "adam:lr=0.001", batches=128, iterations=2000, seed=1)
run.loss, run.test_accuracy, run.parameters["W1"], run.activations(1)
```
"""

from optisim.network.architecture import Architecture
from optisim.network.data.builtin import DATA_SETS, digits
from optisim.network.data.dataset import Data
from optisim.network.data.idx import read_idx_folder
from optisim.network.data.table import read_table
from optisim.network.network import Network
from optisim.network.runs import TrainingRun, train
from optisim.network.training import Records, State, Training

__all__ = [
    "DATA_SETS",
    "Architecture",
    "Data",
    "Network",
    "Records",
    "State",
    "Training",
    "TrainingRun",
    "digits",
    "read_idx_folder",
    "read_table",
    "train",
]
