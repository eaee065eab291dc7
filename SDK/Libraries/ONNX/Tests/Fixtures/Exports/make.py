#!/usr/bin/env python3
"""Has PyTorch, skl2onnx, Keras and ONNX Runtime's quantiser write small networks, and records what they compute.

    make.py torch|sklearn|keras|keras-torch|quantized FOLDER

A NAME.json has the file and what lies beside it (base64), some rows, and what ONNX Runtime gives for them, without any
optimisation ("disabled") and with its default ("all", where it differs): the outputs, or the places of the classes.
Weights are random or of a short training. Stack traces, shapes of values in between and other notes, which say nothing
about inference, are taken out. compare.py holds the reader against ONNX Runtime on more rows.
"""
import base64, json, os, pathlib, sys, warnings

import numpy, onnx, onnxruntime

warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[2])
random = numpy.random.default_rng(5)


def strip(model):
    """Takes out what says nothing about inference."""
    for node in model.graph.node:
        node.ClearField("doc_string")
        node.ClearField("metadata_props")
    for tensor in model.graph.initializer:
        tensor.ClearField("doc_string")
        tensor.ClearField("metadata_props")
    for value in [*model.graph.input, *model.graph.output]:
        value.ClearField("metadata_props")
    del model.graph.value_info[:]
    model.graph.ClearField("doc_string")
    model.graph.ClearField("metadata_props")
    model.ClearField("metadata_props")
    model.ClearField("doc_string")
    model.ClearField("functions")


def runs(path, rows, level, batch):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = level
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    given = session.get_inputs()[0]
    rows = rows.astype(numpy.float64 if given.type == "tensor(double)" else numpy.float32)
    parts = [session.run(None, {given.name: part}) for part in
             ([rows] if batch is None else numpy.split(rows, len(rows) // batch))]
    return [output.name for output in session.get_outputs()], parts


def values(names, parts):
    """The outputs of all rows, or the places of their classes where the file gives classes."""
    first = [part[0] for part in parts]
    if len(names) == 1:
        stacked = numpy.concatenate([numpy.reshape(f, (-1, numpy.shape(f)[-1]) if numpy.ndim(f) > 1 else (-1, 1))
                                     for f in first])
        return "outputs", stacked.astype(float).round(9).tolist()
    labels = numpy.concatenate(first)
    scores = parts[0][1]
    order = list(scores[0]) if isinstance(scores, list) else sorted(set(labels.tolist()))
    return "classes", [order.index(label) for label in labels.tolist()]


def record(name, rows, note, batch=None):
    """Records what a file that is in the folder already gives for some rows."""
    path = folder / f"{name}.onnx"
    rows = numpy.round(rows, 4)
    model = onnx.load(path, load_external_data=False)
    strip(model)
    onnx.save(model, path)
    entry = {"note": note, "rows": rows.reshape(len(rows), -1).tolist()}
    for level, kind in [("disabled", onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL),
                        ("all", onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL)]:
        what, numbers = values(*runs(path, rows, kind, batch))
        entry["kind"], entry[level] = what, numbers
    if entry["all"] == entry["disabled"]:
        del entry["all"]
    data = path.with_suffix(".onnx.data")
    size = path.stat().st_size
    entry["files"] = {}
    for part in [path, data]:
        if part.exists() and part.stat().st_size > 0:
            entry["files"][part.name] = base64.b64encode(part.read_bytes()).decode()
        part.unlink(missing_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(entry) + "\n")
    print(name, size, entry["kind"], "same at both levels" if "all" not in entry else "differs")


def normal(count, *shape):
    return random.normal(size=(count, *shape)).round(2)


def torch_files():
    import torch
    from torch import nn

    torch.manual_seed(3)

    class View(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv, self.last = nn.Conv2d(1, 3, 3), nn.Linear(108, 4)

        def forward(self, x):
            x = torch.relu(self.conv(x))
            return self.last(x.view(x.size(0), -1))

    class Mean(nn.Module):
        def __init__(self):
            super().__init__()
            self.deep = nn.Conv2d(2, 4, 3, padding=1, groups=2)
            self.point, self.last = nn.Conv2d(4, 6, 1), nn.Linear(6, 3)

        def forward(self, x):
            return self.last(torch.relu(self.point(torch.relu(self.deep(x)))).mean(dim=(2, 3)))

    class Logit(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 1))

        def forward(self, x):
            return self.layers(x).squeeze(-1)

    cnn = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
                        nn.Dropout(0.2), nn.Conv2d(4, 6, 3), nn.LeakyReLU(0.1), nn.Flatten(), nn.Linear(24, 5))
    bends = nn.Sequential(*[m for bend in [nn.ELU(), nn.SELU(), nn.Softplus(), nn.PReLU(), nn.Hardswish(), nn.GELU(),
                                           nn.Mish(), nn.SiLU(), nn.Hardsigmoid(), nn.Softsign(), nn.CELU(0.7),
                                           nn.GELU("tanh")] for m in (nn.Linear(5, 5), bend)], nn.Linear(5, 2))
    lists = nn.Sequential(nn.Conv1d(2, 4, 3, padding=1, stride=2), nn.ReLU(), nn.MaxPool1d(2),
                          nn.Conv1d(4, 4, 2, dilation=2, groups=2), nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(4, 3))
    wide = nn.Sequential(nn.Conv2d(1, 3, 3, dilation=2, stride=2, padding=2), nn.BatchNorm2d(3), nn.Tanh(),
                         nn.AvgPool2d(2, padding=1), nn.AdaptiveAvgPool2d(1), nn.Flatten(1), nn.Linear(3, 2))
    norm = nn.Sequential(nn.BatchNorm1d(6), nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3),
                         nn.Softmax(dim=1))
    big = nn.Sequential(nn.Linear(24, 32), nn.Sigmoid(), nn.Linear(32, 8), nn.Tanh(), nn.Linear(8, 10))
    cases = [("mlp", nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 3)), (4,), "Linear, Tanh"),
             ("cnn", cnn, (1, 8, 8), "Conv, BatchNorm, pools, LeakyReLU, Dropout, Flatten"),
             ("view", View(), (1, 8, 8), "x.view(x.size(0), -1)"),
             ("mean", Mean(), (2, 5, 5), "depthwise Conv, mean over the image"),
             ("bends", bends, (5,), "twelve activation functions"),
             ("lists", lists, (2, 16), "Conv1d with strides, dilation, groups, pools"),
             ("wide", wide, (1, 9, 9), "dilation, AvgPool with padding, AdaptiveAvgPool"),
             ("norm", norm, (6,), "BatchNorm1d before and behind Linear, Softmax"),
             ("logit", Logit(), (4,), "one logit, squeeze(-1)"),
             ("big", big, (24,), "weights in NAME.onnx.data")]
    for name, model, shape, note in cases:
        model.train()
        for _ in range(3):
            model(torch.tensor(normal(16, *shape), dtype=torch.float32))
        model.eval()
        rows = normal(4, *shape)
        for kind in ("dynamo", "script"):
            for batch in ("open", "fixed"):
                if name == "big" and kind == "script":
                    continue
                title = f"torch-{name}-{kind}-{batch}"
                example = (torch.tensor(rows[: 1 if batch == "fixed" else 2], dtype=torch.float32),)
                more = {}
                if kind == "script":
                    more = {"dynamo": False, "input_names": ["x"], "output_names": ["y"]}
                    if batch == "open":
                        more["dynamic_axes"] = {"x": {0: "batch"}, "y": {0: "batch"}}
                elif batch == "open":
                    more = {"dynamic_shapes": ({0: "batch"},)}
                torch.onnx.export(model, example, str(folder / f"{title}.onnx"), verbose=False, **more)
                record(title, rows, f"{note}; {'new' if kind == 'dynamo' else 'old'} exporter, batch "
                       + ("open" if batch == "open" else "1"), batch=1 if batch == "fixed" else None)


def sklearn_files():
    from skl2onnx import to_onnx
    from sklearn.datasets import load_diabetes, load_iris
    from sklearn.decomposition import PCA
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import (ElasticNet, LinearRegression, LogisticRegression, Perceptron, Ridge, RidgeClassifier,
                                      SGDClassifier)
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, Normalizer, RobustScaler, StandardScaler
    from sklearn.svm import LinearSVC

    x, y = load_iris(return_X_y=True)
    two = (y > 1).astype(int)
    texts = numpy.array(["setosa", "versicolor", "virginica"])[y]
    d, t = load_diabetes(return_X_y=True)
    d = d[:, :6]
    net = dict(hidden_layer_sizes=(6,), max_iter=300, random_state=1, solver="lbfgs")
    cases = [("logistic-2", LogisticRegression(), x, two, {}, "two classes, ZipMap"),
             ("logistic-3", LogisticRegression(), x, y, {}, "three classes, ZipMap"),
             ("logistic-texts", LogisticRegression(), x, texts, {}, "classes with names, ZipMap"),
             ("scaled-logistic-2", make_pipeline(StandardScaler(), LogisticRegression()), x, two, {"zipmap": False},
              "StandardScaler, two classes, no ZipMap"),
             ("scaled-logistic-3", make_pipeline(StandardScaler(), LogisticRegression()), x, y, {"zipmap": False},
              "StandardScaler, no ZipMap"),
             ("one-vs-rest", OneVsRestClassifier(LogisticRegression()), x, y, {"zipmap": False}, "one against the rest"),
             ("svc-2", LinearSVC(), x, two, {}, "LinearSVC, two classes"),
             ("svc-3", LinearSVC(), x, y, {}, "LinearSVC"),
             ("lda", LinearDiscriminantAnalysis(), x, y, {"zipmap": False}, "LinearDiscriminantAnalysis"),
             ("ridge-classifier", RidgeClassifier(), x, y, {"zipmap": False}, "RidgeClassifier"),
             ("sgd", SGDClassifier(loss="log_loss", random_state=1), x, y, {"zipmap": False}, "SGDClassifier, log loss"),
             ("perceptron", Perceptron(random_state=1), x, y, {"zipmap": False}, "Perceptron"),
             ("linear", LinearRegression(), d, t, None, "LinearRegression"),
             ("ridge-3", Ridge(), x, numpy.eye(3)[y], None, "Ridge with three targets"),
             ("elastic", make_pipeline(RobustScaler(), ElasticNet()), d, t, None, "RobustScaler, ElasticNet"),
             ("scaled-mlp", make_pipeline(StandardScaler(), MLPClassifier(**net)), x, y, {"zipmap": False},
              "StandardScaler, MLPClassifier"),
             ("minmax-mlp-2", make_pipeline(MinMaxScaler(), MLPClassifier(activation="tanh", **net)), x, two, {},
              "MinMaxScaler, MLPClassifier, two classes"),
             ("maxabs-regressor", make_pipeline(MaxAbsScaler(), MLPRegressor(activation="logistic", **net)), d, t, None,
              "MaxAbsScaler, MLPRegressor"),
             ("scaled-mlp-double", make_pipeline(StandardScaler(), MLPClassifier(**net)), x, y, {"zipmap": False},
              "StandardScaler, MLPClassifier, double inputs"),
             ("pca", make_pipeline(PCA(2), LogisticRegression()), x, y, {"zipmap": False}, "PCA, logistic regression"),
             ("normalizer", make_pipeline(Normalizer(), LogisticRegression()), x, y, {"zipmap": False},
              "Normalizer, logistic regression"),
             ("forest", RandomForestClassifier(4, random_state=1), x, y, {"zipmap": False}, "random forest")]
    for name, model, inputs, targets, options, note in cases:
        model.fit(inputs, targets)
        last = model.steps[-1][1] if hasattr(model, "steps") else model
        example = inputs[:1] if name.endswith("double") else inputs[:1].astype(numpy.float32)
        made = to_onnx(model, example, options={id(last): options} if options else None)
        (folder / f"sklearn-{name}.onnx").write_bytes(made.SerializeToString())
        record(f"sklearn-{name}", inputs[::15][:10], note)


def keras_cases():
    import keras
    from keras import layers

    keras.utils.set_random_seed(4)
    head = keras.Input((5,))
    norm = layers.BatchNormalization()(layers.Dense(6)(layers.BatchNormalization()(head)))
    return [("mlp", [keras.Input((4,)), layers.Dense(6, "tanh"), layers.Dense(3, "softmax")], "Dense, softmax"),
            ("binary", [keras.Input((4,)), layers.Dense(5, "relu"), layers.Dense(1, "sigmoid")], "Dense(1, sigmoid)"),
            ("bends", [keras.Input((4,)), layers.Dense(5, "elu"), layers.Dense(5, "softplus"), layers.Dense(5, "softsign"),
                       layers.Dense(5, "selu"), layers.Dense(5), layers.LeakyReLU(0.2), layers.Dense(4, "silu"),
                       layers.Dense(2)], "activation functions"),
            ("norm", keras.Model(head, layers.Dense(2)(layers.ReLU()(norm))), "BatchNormalization"),
            ("cnn", [keras.Input((8, 8, 1)), layers.Conv2D(4, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
                     layers.Conv2D(3, 3), layers.Flatten(), layers.Dense(4)], "Conv2D of one channel, Flatten"),
            ("colours", [keras.Input((6, 6, 3)), layers.Conv2D(4, 3, activation="relu"), layers.Flatten(),
                         layers.Dense(3)], "three channels last: Transpose"),
            ("mean", [keras.Input((8, 8, 2)), layers.SeparableConv2D(4, 3, padding="same"), layers.ReLU(),
                      layers.AveragePooling2D(2), layers.GlobalAveragePooling2D(), layers.Dense(3)],
             "SeparableConv2D, GlobalAveragePooling2D"),
            ("depth", [keras.Input((7, 7, 2)), layers.DepthwiseConv2D(3, strides=2, padding="same"),
                       layers.BatchNormalization(), layers.ReLU(6), layers.GlobalMaxPooling2D(), layers.Dense(2)],
             "DepthwiseConv2D, BatchNormalization, ReLU6, GlobalMaxPooling2D"),
            ("lists", [keras.Input((12, 2)), layers.Conv1D(4, 3, activation="relu"), layers.GlobalAveragePooling1D(),
                       layers.Dense(2)], "Conv1D, GlobalAveragePooling1D")]


def keras_files():
    import keras

    backend = keras.backend.backend()
    for name, parts, note in keras_cases():
        if backend == "torch" and name in ("bends", "norm", "depth", "lists"):
            continue
        model = keras.Sequential(parts) if isinstance(parts, list) else parts
        rows = normal(4, *model.input_shape[1:])
        model(rows.astype("float32"), training=True)
        title = f"keras-{name}" + ("-torch" if backend == "torch" else "")
        model.export(str(folder / f"{title}.onnx"), format="onnx", verbose=False)
        record(title, rows, f"{note}; backend {backend}")
        if backend == "tensorflow" and name in ("mlp", "cnn"):
            import tensorflow, tf2onnx

            signature = (tensorflow.TensorSpec((None, *model.input_shape[1:]), tensorflow.float32, name="x"),)
            tf2onnx.convert.from_function(
                tensorflow.function(model, input_signature=signature), input_signature=signature, opset=17,
                output_path=str(folder / f"tf2onnx-{name}.onnx"))
            record(f"tf2onnx-{name}", rows, f"{note}; tf2onnx, operator set 17")


def quantized_files():
    import torch
    from onnxruntime.quantization import (CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static)
    from torch import nn

    class Reader(CalibrationDataReader):
        def __init__(self, rows):
            self.rows = iter(rows)

        def get_next(self):
            row = next(self.rows, None)
            return None if row is None else {"x": row[None].astype(numpy.float32)}

    class Sum(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second, self.last = nn.Linear(6, 6), nn.Linear(6, 6), nn.Linear(6, 3)

        def forward(self, x):
            x = torch.sigmoid(self.first(x))
            return self.last(x + torch.nn.functional.leaky_relu(self.second(x), 0.1))

    class Soft(nn.Module):
        def __init__(self):
            super().__init__()
            self.weights = nn.ParameterList([nn.Parameter(torch.randn(*s) / 2) for s in [(6, 8), (8,), (8, 4), (4,)]])

        def forward(self, x):
            w, b, v, c = self.weights
            return torch.softmax(torch.relu(x @ w + b) @ v + c, dim=1)

    class Gate(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second, self.last = nn.Conv2d(1, 4, 3), nn.Conv2d(1, 4, 3), nn.Linear(36, 3)

        def forward(self, x):
            x = torch.sigmoid(self.first(x)) * self.second(x)
            return self.last(torch.nn.functional.avg_pool2d(x, 2).flatten(1))

    torch.manual_seed(6)
    cnn = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 4, 3, groups=2), nn.ReLU(),
                        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))
    cases = [("mlp", nn.Sequential(nn.Linear(6, 10), nn.ReLU(), nn.Linear(10, 8), nn.Tanh(), nn.Linear(8, 4)), (6,)),
             ("cnn", cnn, (1, 8, 8)), ("sum", Sum(), (6,)), ("soft", Soft(), (6,)), ("gate", Gate(), (1, 8, 8))]
    unsigned, signed = QuantType.QUInt8, QuantType.QInt8
    forms = [("qdq", dict(quant_format=QuantFormat.QDQ, activation_type=signed, weight_type=signed), "QDQ, s8s8"),
             ("qdq-u8s8", dict(quant_format=QuantFormat.QDQ, activation_type=unsigned, weight_type=signed), "QDQ, u8s8"),
             ("qdq-channels", dict(quant_format=QuantFormat.QDQ, activation_type=signed, weight_type=signed,
                                   per_channel=True), "QDQ, s8s8, per channel"),
             ("qoperator", dict(quant_format=QuantFormat.QOperator, activation_type=unsigned, weight_type=unsigned),
              "QOperator, u8u8"),
             ("qoperator-u8s8", dict(quant_format=QuantFormat.QOperator, activation_type=unsigned, weight_type=signed),
              "QOperator, u8s8"),
             ("qoperator-channels", dict(quant_format=QuantFormat.QOperator, activation_type=unsigned, weight_type=signed,
                                         per_channel=True), "QOperator, u8s8, per channel")]
    for name, model, shape in cases:
        model.eval()
        plain = folder / "plain.onnx"
        torch.onnx.export(model, (torch.zeros(2, *shape),), str(plain), dynamo=False, opset_version=17, input_names=["x"],
                          output_names=["y"], dynamic_axes={"x": {0: "batch"}, "y": {0: "batch"}}, verbose=False)
        for form, settings, note in forms:
            title = f"quantized-{name}-{form}"
            quantize_static(str(plain), str(folder / f"{title}.onnx"), Reader(normal(60, *shape)), **settings)
            record(title, normal(6, *shape), f"{note}; {name}")
        if name == "mlp":
            quantize_dynamic(str(plain), str(folder / "quantized-mlp-dynamic.onnx"))
            record("quantized-mlp-dynamic", normal(6, *shape), "quantize_dynamic; mlp")
        plain.unlink()


folder.mkdir(exist_ok=True)
{"torch": torch_files, "sklearn": sklearn_files, "keras": keras_files, "keras-torch": keras_files,
 "quantized": quantized_files}[sys.argv[1]]()
