internal import QHostMemory

/// What another value of a weight, a bias or a delay does to the currents of one neuron.
struct CurrentChange {
  private let part: SpikingPart
  private let unit: Int
  private let ports: Int
  private let lanes: Int
  private let maxDelay: Int
  /// Before and after, port by port.
  private let old: [Float]
  private let new: [Float]
  private let oldDelay: Int
  private let newDelay: Int

  /// Looks at a layer whose parameter has still the old value.
  init(_ memory: LayerMemory, _ part: SpikingPart, _ input: Int, _ unit: Int, _ value: Double) {
    let layer = memory.layer
    (self.part, self.unit, ports, lanes) = (part, unit, layer.portCount, layer.lanes)
    maxDelay = layer.maxDelay
    let isPair = part == .weight || part == .delay
    let row = isPair ? memory.weights.start + input * layer.width : memory.bias.start
    let current = (0..<layer.portCount).map { row[$0 * layer.lanes + unit] }
    old = current
    let rounded = LayerMemory.rounded(value)
    let signs = layer.portCount == 1 ? [rounded] : [max(rounded, 0), max(-rounded, 0)]
    new = part == .weight || part == .bias ? signs : current
    let delay =
      isPair && maxDelay > 0 ? Int(memory.delays.start[input * layer.lanes + unit]) : 0
    oldDelay = delay
    newDelay =
      part == .delay ? Int(max(0, min(Double(maxDelay), value.rounded()))) : delay
  }

  /// The first step that changes.
  func first(_ events: [(step: Int, value: Float)], _ stepCount: Int) -> Int? {
    guard old != new || oldDelay != newDelay, let event = events.first else { return nil }
    let step = event.step + min(oldDelay, newDelay)
    return step < stepCount ? step : nil
  }

  /// Changes currents [T × W], or constant ones [W].
  func add(
    _ currents: UnsafeMutablePointer<Float>, _ events: [(step: Int, value: Float)],
    _ layer: CutLayer, _ stepCount: Int, from begin: Int
  ) {
    let width = lanes * ports
    func add(_ step: Int, _ weights: [Float], _ value: Float, _ sign: Float) {
      guard step < stepCount else { return }
      for port in 0..<ports {
        currents[step * width + port * lanes + unit] +=
          sign * NeuronChange.product(weights[port], value)
      }
    }
    switch part {
    case .bias:
      for step in layer.stride == 0 ? 0..<1 : begin..<stepCount {
        add(step, old, 1, -1)
        add(step, new, 1, 1)
      }
    case .weight, .delay:
      let isRepeated = layer.run.layer.recurrent != nil && events.count == 1 && layer.isConstant
      for event in events {
        for step in isRepeated ? 0..<stepCount : event.step..<event.step + 1 {
          add(step + oldDelay, old, event.value, -1)
          add(step + newDelay, new, event.value, 1)
        }
      }
    default: break
    }
  }
}
