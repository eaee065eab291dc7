public import QHostInterfaces

/// Finds the programs that no other one beats in both bytes and cycles.
///
/// All figures are measured on the calibration rows, not modelled. What a layer's kernel changes hardly
/// depends on the other layers: each kernel is tried alone, the sums of the changes give the
/// combinations that are worth making, and those are made and measured.
public struct CandidateSearch {
  let compiler: NetworkCompiler
  /// The rows that are run.
  let rows: ArraySlice<[UInt8]>

  /// The most combinations that are made.
  private static let mostCombinations = 24
  /// The most rows that are run on each program.
  private static let mostRows = 64

  /// Makes a search.
  public init(_ compiler: NetworkCompiler) {
    self.compiler = compiler
    rows = compiler.calibration.prefix(Self.mostRows)
  }

  private struct Choice {
    var kernels: [LayerKernel]
    var bytes: Int
    var cycles: Double
  }

  /// The front, fewest bytes first.
  ///
  /// - Throws: when not even the smallest program can be made.
  public func front() throws(ComponentError) -> [Candidate] {
    let options = compiler.network.layers.indices.map { kernels(layer: $0) }
    let smallest = options.map { $0[0] }
    var known: [[String]: Candidate] = [:]
    let base = try measure(smallest, &known)
    var choices = [Choice(kernels: [], bytes: base.byteCount, cycles: base.meanCycles)]
    for (layer, kernels) in options.enumerated() {
      let changes = kernels.compactMap { kernel -> Choice? in
        var changed = smallest
        changed[layer] = kernel
        guard let candidate = try? measure(changed, &known) else { return nil }
        return Choice(
          kernels: [kernel], bytes: candidate.byteCount - base.byteCount,
          cycles: candidate.meanCycles - base.meanCycles)
      }
      choices = Self.front(
        choices.flatMap { choice in
          changes.map { change in
            Choice(
              kernels: choice.kernels + change.kernels, bytes: choice.bytes + change.bytes,
              cycles: choice.cycles + change.cycles)
          }
        })
    }
    for choice in Self.spread(choices) { _ = try? measure(choice.kernels, &known) }
    let all = known.values.sorted {
      ($0.byteCount, $0.meanCycles, $0.kernelNames) < ($1.byteCount, $1.meanCycles, $1.kernelNames)
    }
    return all.reduce(into: []) { front, candidate in
      if candidate.meanCycles < front.last?.meanCycles ?? .infinity { front.append(candidate) }
    }
  }

  private func measure(
    _ kernels: [LayerKernel], _ known: inout [[String]: Candidate]
  ) throws(ComponentError) -> Candidate {
    let key = kernels.map(\.name)
    if let candidate = known[key] { return candidate }
    let candidate = try Candidate(try compiler.program(kernels), rows: rows)
    known[key] = candidate
    return candidate
  }

  /// The kernels that a layer can have, the smallest first.
  private func kernels(layer: Int) -> [LayerKernel] {
    var kernels = [LayerKernel(.direct)]
    if NetworkLayout.canLoop(compiler.network, layer: layer) {
      kernels.insert(LayerKernel(.loop), at: 0)
    }
    if NetworkLayout.canTakeMultiples(compiler.network, layer: layer) {
      kernels.append(LayerKernel(.direct, takesMultiples: true))
    }
    if compiler.network.layers[layer].inputCount >= 16, !rows.isEmpty, layer == 0 {
      for (largest, perMille) in [(32, 5), (32, 20), (32, 50), (32, 250), (16, 1000), (32, 1000)] {
        kernels.append(LayerKernel(.skipping(largestBlock: largest, perMille: perMille)))
      }
    }
    return kernels
  }

  private static func front(_ choices: [Choice]) -> [Choice] {
    var best: [Choice] = []
    let sorted = choices.sorted { ($0.bytes, $0.cycles) < ($1.bytes, $1.cycles) }
    for choice in sorted where choice.cycles < (best.last?.cycles ?? .infinity) {
      best.append(choice)
    }
    return best
  }

  /// At most so many of the choices, evenly spread, both ends included.
  private static func spread(_ choices: [Choice]) -> [Choice] {
    guard choices.count > mostCombinations else { return choices }
    return (0..<mostCombinations).map {
      choices[$0 * (choices.count - 1) / (mostCombinations - 1)]
    }
  }
}
