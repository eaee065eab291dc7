"""The networks and data that the model of cost is checked on."""

from dataclasses import dataclass, field

SMALL = ["--dataset", "mnist", "--set", "dataset.size=14"]
LARGE = ["--dataset", "mnist"]
GUIDE, FITTED, HELD_OUT = "guides", "fitted", "held out"


@dataclass
class Shape:
    """What `qhost run` is told; `use` says whether it is a shape of the guides, one that the constants
    were fitted to beside them, or one that they were not fitted to."""

    name: str
    use: str
    arguments: list[str] = field(default_factory=list)

    @property
    def is_large(self) -> bool:
        """Whether a query takes so long that fewer of them are asked."""
        return any(word in self.name for word in ("8,192", "-400-", "cnn", "32-32-32"))


def _network(model: str, hidden: str, *settings: str) -> list[str]:
    pairs = [f"hidden={hidden}", *settings]
    return ["--model", model] + [word for pair in pairs for word in ("--set", f"model.{pair}")]


def _mlp(hidden: str, activation: str = "tanh") -> list[str]:
    return _network("mlp", hidden, f"activation={activation}")


def _cnn(*settings: str, hidden: str = "20") -> list[str]:
    return _network("cnn", hidden, *settings)


def _integer(hidden: str, weights: str, bits: int = 4, *settings: str) -> list[str]:
    return _network(
        "integer-mlp", hidden, f"weights={weights}", f"activation_bits={bits}", *settings)


def _rows(count: int) -> list[str]:
    return ["--batch-size", str(count)]


def _iris() -> list[Shape]:
    data = ["--dataset", "iris"]
    shapes = [
        Shape(f"iris 4-16-3 {name}", GUIDE if name in ("tanh", "step") else FITTED,
              data + _mlp("16", name))
        for name in ("tanh", "step", "relu", "sine", "sigmoid", "learned")]
    shapes += [
        Shape(f"iris 4-16-3 tanh, {loss}", FITTED, data + _mlp("16") + ["--loss", loss])
        for loss in ("error-rate", "cross-entropy+error", "mse", "mae")]
    return shapes + [
        Shape("iris logistic", FITTED, data + ["--model", "logistic"]),
        Shape("iris 4-4-3 tanh", FITTED, data + _mlp("4")),
        Shape("iris 4-8-8-3 tanh", FITTED, data + _mlp("8,8")),
        Shape("iris 4-32-3 tanh", HELD_OUT, data + _mlp("32")),
        Shape("iris integer 4-16-3", FITTED, data + ["--scaling", "minmax"] + _integer("16", "15")),
    ]


def _digits() -> list[Shape]:
    data = ["--dataset", "digits"]
    whole = data + ["--scaling", "minmax"]
    shapes = [
        Shape(f"digits 64-16-10 {name}",
              GUIDE if name in ("tanh", "step") else HELD_OUT if name == "sign" else FITTED,
              data + _mlp("16", name))
        for name in ("tanh", "step", "relu", "sign", "sine", "learned")]
    return shapes + [
        Shape("digits 64-16-10 step, cross-entropy+error", GUIDE,
              data + _mlp("16", "step") + ["--loss", "cross-entropy+error"]),
        Shape("digits 64-16-10 tanh, error-rate", GUIDE,
              data + _mlp("16") + ["--loss", "error-rate"]),
        Shape("digits 64-16-10 tanh, mse", FITTED, data + _mlp("16") + ["--loss", "mse"]),
        Shape("digits 64-16-10 tanh, 128 rows", FITTED, data + _mlp("16") + _rows(128)),
        Shape("digits 64-16-10 tanh, 32 rows", FITTED, data + _mlp("16") + _rows(32)),
        Shape("digits 64-32-32-10 tanh", FITTED, data + _mlp("32,32")),
        Shape("digits 64-32-32-10 relu", FITTED, data + _mlp("32,32", "relu")),
        Shape("digits 64-24-10 relu", HELD_OUT, data + _mlp("24", "relu")),
        Shape("digits 64-64-10 tanh", HELD_OUT, data + _mlp("64")),
        Shape("digits logistic", FITTED, data + ["--model", "logistic"]),
        Shape("digits cnn, kernel 3, same", FITTED, data + _cnn("kernel=3", "padding=same")),
        Shape("digits cnn, 6 filters, step", FITTED,
              data + _cnn("filters=6", "kernel=3", "activation=step")),
        Shape("digits integer 64-16-10", FITTED, whole + _integer("16", "15")),
        Shape("digits integer 64-16-10 relu", HELD_OUT,
              whole + _integer("16", "15", 4, "activation=relu")),
    ]


def _mnist() -> list[Shape]:
    some, many = _rows(1024), _rows(8192)
    shapes = [
        Shape(f"14x14 196-12-8-10 {name}, 8,192 rows", GUIDE, SMALL + _mlp("12,8", name) + many)
        for name in ("tanh", "step", "relu")]
    shapes += [
        Shape(f"14x14 196-{hidden.replace(',', '-')}-10 tanh, 1,024 rows", use,
              SMALL + _mlp(hidden) + some)
        for hidden, use in (
            ("12,8", GUIDE), ("32", GUIDE), ("32,32", GUIDE), ("32,32,32,32,32", GUIDE))]
    shapes += [
        Shape(f"28x28 784-{hidden}-10 tanh, 1,024 rows", GUIDE, LARGE + _mlp(hidden) + some)
        for hidden in ("10", "100", "400")]
    shapes += [
        Shape(f"28x28 784-100-10 {name}, 8,192 rows", GUIDE, LARGE + _mlp("100", name) + many)
        for name in ("tanh", "step", "sign", "relu")]
    return shapes + [
        Shape("28x28 784-100-100-10 tanh, 1,024 rows", FITTED, LARGE + _mlp("100,100") + some),
        Shape("28x28 784-30-10 step, 8,192 rows", HELD_OUT, LARGE + _mlp("30", "step") + many),
        Shape("14x14 196-20-12-10 tanh, 4,096 rows", HELD_OUT, SMALL + _mlp("20,12") + _rows(4096)),
        Shape("14x14 196-20-12-10 step, 4,096 rows", HELD_OUT,
              SMALL + _mlp("20,12", "step") + _rows(4096)),
        Shape("28x28 cnn, 8,192 rows", GUIDE, LARGE + _cnn() + many),
        Shape("28x28 cnn, 1,024 rows", FITTED, LARGE + _cnn() + some),
        Shape("14x14 cnn, same, mean, 1,024 rows", FITTED,
              SMALL + _cnn("padding=same", "pooling=mean") + some),
        Shape("14x14 cnn, 12, 24 filters, relu, 1,024 rows", FITTED,
              SMALL + _cnn("filters=12,24", "kernel=3", "activation=relu") + some),
        Shape("14x14 cnn, 16, 16 filters, no pooling, 1,024 rows", FITTED,
              SMALL + _cnn("filters=16,16", "kernel=3", "pooling=none") + some),
        Shape("14x14 cnn, 8 filters, 1,024 rows", HELD_OUT,
              SMALL + _cnn("filters=8", "kernel=3") + some),
        Shape("28x28 cnn, 4 filters, 50 hidden, 1,024 rows", HELD_OUT,
              LARGE + _cnn("filters=4", hidden="50") + some),
    ]


def _mnist_integer() -> list[Shape]:
    many = _rows(8192)
    shapes = [
        Shape(f"14x14 integer 196-12-8-10 {weights}, {bits} bits, 8,192 rows", GUIDE,
              SMALL + _integer("12,8", weights, bits) + many)
        for weights, bits in (
            ("15,31,31", 7), ("ternary,31,31", 7), ("15,15,31", 4), ("ternary,15,31", 4))]
    return shapes + [
        Shape("14x14 integer 196-12-8-10 15,15,31, 4 bits, 1,024 rows", FITTED,
              SMALL + _integer("12,8", "15,15,31") + _rows(1024)),
        Shape("14x14 integer 196-32-10, 1,024 rows", FITTED,
              SMALL + _integer("32", "15") + _rows(1024)),
        Shape("14x14 integer 196-24-12-10 31, 5 bits, 4,096 rows", HELD_OUT,
              SMALL + _integer("24,12", "31", 5) + _rows(4096)),
    ]


def _spiking() -> list[Shape]:
    patterns = ["--dataset", "temporal-patterns"]
    image = ["input=row", "encoder=rate", "steps=10"]
    return [
        Shape("spiking patterns 20-4-2, delays, 500 rows", GUIDE, patterns + _rows(500) + _network(
            "spiking", "4", "max_delay=50", "time_constant=2", "trace_time=200")),
        Shape("spiking patterns 20-32-2", FITTED, patterns + _network("spiking", "32")),
        Shape("spiking patterns 20-32-2, recurrent", FITTED,
              patterns + _rows(500) + _network("spiking", "32", "recurrent=true")),
        Shape("spiking patterns 20-32-2, count", FITTED,
              patterns + _network("spiking", "32", "readout=count")),
        Shape("spiking patterns 20-24-16-2", HELD_OUT, patterns + _network("spiking", "24,16")),
        Shape("spiking 14x14 196-40-10, rate, 1,024 rows", GUIDE,
              SMALL + _rows(1024) + _network("spiking", "40", *image)),
        Shape("spiking 14x14 196-64-10, rate, count, 1,024 rows", FITTED,
              SMALL + _rows(1024) + _network("spiking", "64", "readout=count", *image)),
        Shape("spiking 14x14 196-100-10, rate, 1,024 rows", HELD_OUT,
              SMALL + _rows(1024) + _network("spiking", "100", *image)),
        Shape("spiking digits 64-32-10, direct, count", FITTED,
              ["--dataset", "digits", "--scaling", "minmax"]
              + _network("spiking", "32", "readout=count", "input=row")),
    ]


SHAPES = _iris() + _digits() + _mnist() + _mnist_integer() + _spiking()
