internal import QHostMemory

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What the offsets of a cut do to one neuron.
struct NeuronChange {
  private let part: SpikingPart
  private let values: [Double]
  private let width: Int
  private let laneCount: Int
  private let ports: Int
  private let weight: Float
  private let rounded: [Float]
  private let maxDelay: Int
  private let delay: Int
  private let portWeights: [Float]
  /// Whether each of the steps has changes of its own.
  private(set) var isEach = false

  init(
    _ memory: LayerMemory, _ part: SpikingPart, _ input: Int, _ unit: Int, _ base: Double,
    _ values: [Double], isEachWeight: Bool
  ) {
    self.part = part
    self.values = values
    laneCount = values.count <= 16 ? 16 : 32
    ports = memory.layer.portCount
    width = laneCount * ports
    maxDelay = memory.layer.maxDelay
    let isPair = part == .weight || part == .delay
    delay =
      isPair && maxDelay > 0 ? Int(memory.delays.start[input * memory.layer.lanes + unit]) : 0
    let row = memory.weights.start + (isPair ? input * memory.layer.width : 0)
    portWeights = isPair ? (0..<ports).map { row[$0 * memory.layer.lanes + unit] } : []
    weight = LayerMemory.rounded(base)
    isEach = part == .delay || (part == .weight && isEachWeight)
    rounded = values.map { LayerMemory.rounded($0) }
  }

  /// Sets what the offsets change of the neuron itself.
  func setLanes(_ lanes: NeuronLanes, neurons: NeuronSettings) {
    for (lane, value) in values.enumerated() {
      switch part {
      case .timeConstant:
        (lanes.decay.start[lane], lanes.gain.start[lane]) = neurons.coefficients(exp(value))
      case .synapseTime: lanes.synapse.start[lane] = Float(exp(-1 / exp(value)))
      case .threshold: lanes.threshold.start[lane] = Float(value)
      default: break
      }
    }
  }

  /// Writes how currents change in a row; the first step that does, `nil` where none does.
  func fill(
    _ lanes: NeuronLanesRow, _ events: [(step: Int, value: Float)], _ layer: CutLayer,
    _ stepCount: Int
  ) -> Int? {
    lanes.steps.count = 0
    switch part {
    case .bias:
      write(lanes, 0, 1)
      for step in 0..<stepCount { lanes.steps.append(UInt32(step)) }
      return 0
    case .weight:
      if layer.stride == 0 {
        guard let event = events.first else { return nil }
        write(lanes, 0, event.value)
        for step in 0..<stepCount { lanes.steps.append(UInt32(step)) }
        return 0
      }
      return fillWeight(lanes, events, stepCount)
    case .delay: return fillDelays(lanes, events, stepCount)
    default: return 0
    }
  }

  private func fillWeight(
    _ lanes: NeuronLanesRow, _ events: [(step: Int, value: Float)], _ stepCount: Int
  ) -> Int? {
    if !isEach { write(lanes, 0, 1) }
    for event in events where event.step + delay < stepCount {
      if isEach {
        lanes.reserveChanges((lanes.steps.count + 1) * width)
        write(lanes, lanes.steps.count, event.value)
      }
      lanes.steps.append(UInt32(event.step + delay))
    }
    return lanes.steps.elements.first.map { Int($0) }
  }

  private func fillDelays(
    _ lanes: NeuronLanesRow, _ events: [(step: Int, value: Float)], _ stepCount: Int
  ) -> Int? {
    for event in events {
      for (lane, value) in values.enumerated() {
        let other = Int(max(0, min(Double(maxDelay), value.rounded())))
        guard other != delay else { continue }
        add(lanes, lane, event.step + delay, -1, event.value, stepCount)
        add(lanes, lane, event.step + other, 1, event.value, stepCount)
      }
    }
    return lanes.steps.elements.min().map { Int($0) }
  }

  private func add(
    _ lanes: NeuronLanesRow, _ lane: Int, _ step: Int, _ sign: Float, _ value: Float, _ count: Int
  ) {
    guard step < count else { return }
    let place = lanes.steps.count * width
    lanes.reserveChanges(place + width)
    (lanes.changes.start + place).update(repeating: 0, count: width)
    for port in 0..<ports {
      lanes.changes.start[place + port * laneCount + lane] =
        sign * Self.product(portWeights[port], value)
    }
    lanes.steps.append(UInt32(step))
  }

  /// Writes the change [W] of an event's currents to a place.
  private func write(_ lanes: NeuronLanesRow, _ place: Int, _ value: Float) {
    let start = lanes.changes.start + place * width
    start.update(repeating: 0, count: width)
    for (lane, other) in rounded.enumerated() {
      if ports == 1 {
        start[lane] = Self.product(other, value) - Self.product(weight, value)
      } else {
        start[lane] = Self.product(max(other, 0), value) - Self.product(max(weight, 0), value)
        start[laneCount + lane] =
          Self.product(max(-other, 0), value) - Self.product(max(-weight, 0), value)
      }
    }
  }

  /// As the kernels round a weight times an event's value.
  static func product(_ weight: Float, _ value: Float) -> Float {
    value == 1 ? weight : (weight * value + 768) - 768
  }
}
