#!/usr/bin/env python3
"""Makes the networks of this folder, as text (base64), with what ONNX Runtime gives for some rows.

Made with onnx 1.23.2, onnxruntime 1.32.0, scikit-learn 1.9.1, skl2onnx 1.20.0 and numpy 2.4.6.
"""
import base64, json, pathlib, textwrap, warnings

import numpy, onnx, onnxruntime
from onnx import TensorProto, helper, numpy_helper
from skl2onnx import to_onnx
from sklearn.datasets import load_iris
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
random = numpy.random.default_rng(7)


def record(name, model, rows, score=None):
    """Writes a model, and the value `score` (the first output, where none is named) of rows."""
    onnx.checker.check_model(model, full_check=True)
    text = base64.b64encode(model.SerializeToString()).decode()
    (here / f"{name}.onnx.base64").write_text("\n".join(textwrap.wrap(text, 100)) + "\n")
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    score = score or model.graph.output[0].name
    if score not in [o.name for o in model.graph.output]:
        copy.graph.output.append(helper.make_tensor_value_info(score, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(copy.SerializeToString())
    rows = rows.astype(numpy.float32)
    values = session.run([score], {session.get_inputs()[0].name: rows})[0]
    record = {"inputs": rows.ravel().tolist(), "outputs": values.astype(float).ravel().tolist()}
    (here / f"{name}.json").write_text(json.dumps(record) + "\n")


def tensor(name, *shape, scale=1.0):
    return numpy_helper.from_array((scale * random.normal(size=shape)).astype(numpy.float32), name)


def value(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def model(nodes, inputs, outputs, tensors, opset=17, **more):
    graph = helper.make_graph(nodes, "network", inputs, outputs, tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8, **more)


def sklearn():
    """Classifiers of scikit-learn: three classes with ZipMap and without, two classes."""
    features, classes = load_iris(return_X_y=True)
    network = MLPClassifier((6, 4), activation="tanh", solver="lbfgs", max_iter=200, random_state=1)
    network.fit(features, classes)
    first = features[:1].astype(numpy.float32)
    record("sklearn", to_onnx(network, first), features[::15], "add_result2")
    plain = to_onnx(network, first, options={id(network): {"zipmap": False}}, target_opset=15)
    record("sklearn-plain", plain, features[::15], "add_result2")
    network.fit(features, numpy.array(["a", "b", "c"])[classes])
    record("sklearn-named", to_onnx(network, first), features[::15], "add_result2")
    network = MLPClassifier((3,), solver="lbfgs", max_iter=200, random_state=1)
    network.fit(features, classes == 1)
    record("sklearn-two", to_onnx(network, first), features[::15], "add_result1")


def exporter():
    """What exporters of PyTorch write: a view, Gemm with transB = 1, a batch under a name."""
    nodes = [
        helper.make_node("Flatten", ["image"], ["/Flatten_output_0"], "/Flatten", axis=1),
        helper.make_node("Gemm", ["/Flatten_output_0", "fc1.weight", "fc1.bias"], ["/fc1/Gemm_output_0"],
                         "/fc1/Gemm", alpha=1.0, beta=1.0, transB=1),
        helper.make_node("Relu", ["/fc1/Gemm_output_0"], ["/Relu_output_0"], "/Relu"),
        helper.make_node("Gemm", ["/Relu_output_0", "fc2.weight", "fc2.bias"], ["logits"], "/fc2/Gemm",
                         alpha=1.0, beta=1.0, transB=1),
    ]
    tensors = [tensor("fc1.weight", 6, 12), tensor("fc1.bias", 6), tensor("fc2.weight", 4, 6),
               tensor("fc2.bias", 4)]
    made = model(nodes, [value("image", ["batch", 1, 3, 4])], [value("logits", ["batch", 4])], tensors, 18)
    record("exporter", made, random.normal(size=(7, 1, 3, 4)))


def forms():
    """Layers in other forms, a fixed batch, constants in all the places that they can be."""
    bias = helper.make_tensor("shift", TensorProto.FLOAT, [1, 5], random.normal(size=5).tolist())
    double = numpy_helper.from_array(random.normal(size=(4, 3)), "w2")
    scalar = helper.make_tensor("half", TensorProto.FLOAT, [], [0.5])
    nodes = [
        helper.make_node("Reshape", ["x", "flat"], ["rows"], "view"),
        helper.make_node("Constant", [], ["w0t"], "weights",
                         value=numpy_helper.from_array(random.normal(size=(5, 6)).astype(numpy.float32))),
        helper.make_node("Transpose", ["w0t"], ["w0"], "turn", perm=[1, 0]),
        helper.make_node("MatMul", ["rows", "w0"], ["p0"], "first"),
        helper.make_node("Add", ["shift", "p0"], ["z0"], "first.shift"),
        helper.make_node("Clip", ["z0", "", "half"], ["h0"], "first.clip"),
        helper.make_node("Dropout", ["h0"], ["d0"], "drop"),
        helper.make_node("Gemm", ["d0", "w1", "one"], ["z1"], "second", alpha=0.5, beta=-2.0),
        helper.make_node("Sigmoid", ["z1"], ["h1"], "second.sigmoid"),
        helper.make_node("Cast", ["w2"], ["w2f"], "single", to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["h1", "w2f"], ["z2"], "third"),
        helper.make_node("Softmax", ["z2"], ["y"], "probabilities", axis=1),
    ]
    tensors = [bias, scalar, double, tensor("w1", 5, 4), tensor("one", 1),
               numpy_helper.from_array(numpy.array([1, -1], numpy.int64), "flat")]
    made = model(nodes, [value("x", [1, 2, 3])], [value("y", [1, 3])], tensors, 13)
    record("forms", made, random.normal(size=(1, 2, 3)), "z2")


def images():
    """Windows of all kinds, and Reshape to an image."""
    nodes = [
        helper.make_node("Reshape", ["x", "shape"], ["image"], "image"),
        helper.make_node("Conv", ["image", "k0", "b0"], ["c0"], "same", auto_pad="SAME_UPPER",
                         strides=[2, 1], kernel_shape=[2, 3]),
        helper.make_node("Tanh", ["c0"], ["t0"], "same.tanh"),
        helper.make_node("MaxPool", ["t0"], ["m0"], "largest", kernel_shape=[3, 3], strides=[2, 2],
                         pads=[1, 1, 1, 1]),
        helper.make_node("Conv", ["m0", "k1"], ["c1"], "valid", kernel_shape=[2, 2], group=1,
                         dilations=[1, 1]),
        helper.make_node("AveragePool", ["c1"], ["a1"], "mean", kernel_shape=[2, 2], pads=[1, 0, 0, 1],
                         count_include_pad=1),
        helper.make_node("AveragePool", ["a1"], ["a2"], "mean.seen", kernel_shape=[2, 2], pads=[0, 1, 1, 0]),
        helper.make_node("GlobalAveragePool", ["a2"], ["g"], "global"),
        helper.make_node("Flatten", ["g"], ["flat"], "flat"),
        helper.make_node("Gemm", ["flat", "w", "b"], ["y"], "last", transB=1),
    ]
    tensors = [tensor("k0", 3, 1, 2, 3), tensor("b0", 3), tensor("k1", 4, 3, 2, 2), tensor("w", 2, 4),
               tensor("b", 2), numpy_helper.from_array(numpy.array([-1, 1, 9, 8], numpy.int64), "shape")]
    made = model(nodes, [value("x", ["N", 72])], [value("y", ["N", 2])], tensors, 11)
    record("images", made, random.normal(size=(3, 72)))


sklearn()
exporter()
forms()
images()
