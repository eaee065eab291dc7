internal import Foundation
public import QHostInterfaces
internal import QHostNumerics

/// Stochastic reconfiguration: θ ← θ − η (S + ε)⁻¹ F, imaginary time within the states that a wave function can have.
///
/// F = ⟨(Eₗ − E) O⟩ is half of the gradient of the energy, which the host answers; S = ⟨OO⟩ − ⟨O⟩⟨O⟩, O the derivatives of
/// ln ψ, is a property of the wave function alone, and is measured on chains of its own. The problem must be that of `rbm`.
///
/// Source: S. Sorella, Phys. Rev. B 64 (2001) 024512; G. Carleo, M. Troyer, Science 355 (2017) 602.
///
/// *Deviations*: S and F are of different samples, where one set is usual: their errors are independent, and no products
/// of them are left in the step.
public final class StochasticReconfiguration: OptimizerComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "stochastic-reconfiguration",
    summary: "Natural gradient of wave functions: imaginary time among the states of 'rbm'.",
    source: "S. Sorella, Phys. Rev. B 64 (2001) 024512",
    parameters: LearningRateSchedule.parameters(defaultRate: 0.05, defaultForm: "constant") + [
      .positive(
        "shift", default: 0.01, tunable: true,
        "ε: added to the diagonal of S; too little of it lets the state collapse."),
      .positive(
        "longest_step", default: 1, upTo: 1e6, "The greatest length of a step in the parameters."),
    ] + WaveSettings.parameters(chains: 64, samples: 32))

  /// Loss and gradient.
  public static let requiredQueries: QueryKinds = .gradient

  private let problem: Problem
  private let layout: WaveLayout
  private let schedule: LearningRateSchedule
  private let settings: WaveSettings
  private let shift: Double
  private let longestStep: Double
  private let host: any HostServices
  private var parameters: [Double]
  /// The last point that had an energy.
  private var last: [Double]
  private var step = 0
  private var progress = 0.0
  private var failures = 0

  /// Makes an instance at the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    guard let layout = WaveLayout(problem.blocks) else {
      throw ComponentError(
        "stochastic-reconfiguration measures the wave function that it changes, and knows that of model '"
          + "\(RBM.descriptor.name)' alone; use --model \(RBM.descriptor.name), or another optimizer",
        kind: .parameter, severity: .unsupported)
    }
    let configuration = request.configuration
    try problem.requireReal(for: Self.descriptor.name)
    schedule = try LearningRateSchedule(configuration)
    settings = try WaveSettings(configuration)
    try settings.check(spinCount: layout.spinCount)
    shift = configuration.real("shift")
    longestStep = configuration.real("longest_step")
    host = request.host
    self.layout = layout
    self.problem = problem
    parameters = problem.initial
    last = problem.initial
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    guard failures < 20 else { return query.finish(.stalled) }
    query.kind = .gradient
    query.points.append(contentsOf: parameters)
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    defer { progress = answer.progress }
    step += 1
    guard answer.losses[0].isFinite, answer.gradient.allSatisfy(\.isFinite) else {
      // Half way back to where the chains agreed.
      failures += 1
      for index in parameters.indices {
        parameters[index] += 0.5 * (last[index] - parameters[index])
      }
      return
    }
    failures = 0
    last = parameters
    // The loss is the energy of one spin.
    let force = answer.gradient.map { 0.5 * Double(layout.spinCount) * $0 }
    guard let direction = WaveMetric(samples(), layout).solution(force, shift: shift) else {
      throw ComponentError(
        "the matrix S of the wave function is not positive definite with shift \(shift); raise shift",
        kind: .parameter)
    }
    let rate = schedule.rate(at: progress)
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let factor = min(rate, longestStep / max(length, 1e-300))
    for index in parameters.indices {
      parameters[index] = problem.clamped(parameters[index] - factor * direction[index], at: index)
    }
  }

  private func samples() -> SpinSamples {
    let wave = WaveFunction(layout, parameters)
    guard !settings.isSum else {
      return wave.fullSum(nil, conservesSum: settings.sampler.exchanges)
    }
    return settings.sampler.sample(wave, nil, host: host, draw: UInt64(step), key: 0)
  }

  /// The point it stands at.
  public func recommendation() throws(ComponentError) -> [Double]? {
    failures > 0 ? last : parameters
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(progress)
    writer.write(step)
    writer.write(failures)
    writer.write(parameters)
    writer.write(last)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    progress = try reader.readReal()
    step = try reader.readInteger()
    failures = try reader.readInteger()
    parameters = try reader.readReals(count: parameters.count)
    last = try reader.readReals(count: last.count)
    try reader.finish()
  }
}
