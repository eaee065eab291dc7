/// A model whose outputs may be random draws; see ``ModelDescription/isStochastic``.
///
/// Its sessions implement ``ModelSession/bindRows(keys:)`` and
/// ``ModelSession/forward(parameters:draws:outputs:)``; what they draw is
/// `host.fillNormal(step: draw, index: key, ...)` and its kin, so that a row's outputs depend on parameters, inputs, key and
/// draw alone. An instance may still say that it is not stochastic, and is then asked like any other.
public protocol StochasticModel: Model {}
