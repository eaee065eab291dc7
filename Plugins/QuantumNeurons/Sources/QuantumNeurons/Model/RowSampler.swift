internal import QHostInterfaces

/// What chains of one row with one set of couplings said.
struct RowSample: Sendable {
  /// Of each output.
  var outputs: [ChainStatistics]
  /// The index of the first output whose chains remember where they began; `nil`: none does.
  var unsettled: Int?
}

/// Samples rows: each has its chains, and sixteen chains share a batch.
struct RowSampler: Sendable {
  /// A row with couplings.
  struct Row: Sendable {
    var couplings: ChainCouplings
    /// `step` of the host's random numbers.
    var draw: UInt64
    /// `index` of them.
    var key: UInt64
  }

  let network: PathNetwork
  let outputs: [Int]
  let schedule: Schedule
  let readout: Readout
  let tolerance: Double
  let host: any HostServices

  /// Whether no neuron is coupled to another one: then each output is a network of its own, and all outputs of a
  /// row have the same random numbers, so that their order is told from less noise.
  let isLoose: Bool

  init(_ model: QuantumNeurons, schedule: Schedule? = nil) {
    let whole = model.settings.graph.network(isFeedForward: model.settings.isFeedForward)
    isLoose = whole.excitations.isEmpty && whole.inhibitions.isEmpty
    network =
      isLoose ? PathNetwork(well: whole.well, train: whole.train, neuronCount: 1) : whole
    outputs = model.settings.graph.outputs
    self.schedule = schedule ?? model.settings.schedule
    readout = model.readout
    tolerance = model.settings.tolerance
    host = model.host
  }

  /// Chains of a row: those of each output where outputs are networks of their own.
  private var chainsOfRow: Int { schedule.chainCount * (isLoose ? outputs.count : 1) }

  /// Samples rows, on the host's threads; what comes out of a row depends on it alone.
  func sample(_ rows: [Row]) -> [RowSample] {
    // So many rows at a time as fill batches, so that few series are in memory.
    let group = max(1, ChainBatch.chainCount / chainsOfRow)
    let groups = (rows.count + group - 1) / group
    nonisolated(unsafe) let results = UnsafeMutablePointer<[RowSample]>.allocate(capacity: groups)
    results.initialize(repeating: [], count: groups)
    defer {
      results.deinitialize(count: groups)
      results.deallocate()
    }
    host.parallelFor(groups) { index in
      results[index] = sampleGroup(rows[index * group..<min((index + 1) * group, rows.count)])
    }
    return (0..<groups).flatMap { results[$0] }
  }

  private func sampleGroup(_ rows: ArraySlice<Row>) -> [RowSample] {
    let jobs = rows.flatMap(jobs)
    let batch = ChainBatch(network)
    var series: [[[Float]]] = []
    for start in stride(from: 0, to: jobs.count, by: ChainBatch.chainCount) {
      let end = min(start + ChainBatch.chainCount, jobs.count)
      series += batch.run(jobs[start..<end], schedule, neurons: isLoose ? [0] : outputs)
    }
    return rows.indices.map { row in
      let first = (row - rows.startIndex) * chainsOfRow
      return summary(Array(series[first..<first + chainsOfRow]))
    }
  }

  /// The chains of a row: output by output where each is a network of its own.
  private func jobs(_ row: Row) -> [ChainJob] {
    let count = ChainBatch.seedWords
    let words = Self.words(host, row, count: count * schedule.chainCount)
    let couplings = isLoose ? outputs.map { row.couplings.single($0) } : [row.couplings]
    return couplings.flatMap { couplings in
      (0..<schedule.chainCount).map { chain in
        ChainJob(
          couplings: couplings, seed: Array(words[chain * count..<(chain + 1) * count]),
          follows: chain % 2 == 1)
      }
    }
  }

  private static func words(_ host: any HostServices, _ row: Row, count: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      host.fillBits(
        step: row.draw, index: row.key, UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  /// - Parameter series: [chains][outputs][sweeps]; [outputs × chains][1][sweeps] of loose neurons.
  /// - Returns: what they say together.
  private func summary(_ series: [[[Float]]]) -> RowSample {
    var sample = RowSample(outputs: [], unsettled: nil)
    for place in outputs.indices {
      let chains = (0..<schedule.chainCount).map { chain in
        (isLoose ? series[place * schedule.chainCount + chain][0] : series[chain][place])
          .map(readout.activity)
      }
      let follows = chains.indices.map { $0 % 2 == 1 }
      let statistics = ChainStatistics(chains, follows: follows)
      if sample.unsettled == nil, !isSettled(chains, follows, statistics.startDifference) {
        sample.unsettled = place
      }
      sample.outputs.append(statistics)
    }
    return sample
  }

  /// Whether chains agree whatever they began with, as far as their errors within tell.
  private func isSettled(_ chains: [[Float]], _ follows: [Bool], _ difference: Double) -> Bool {
    guard abs(difference) > tolerance else { return true }
    let errors = [true, false].map { group in
      let own = zip(chains, follows).filter { $0.1 == group }.map(\.0)
      return ChainStatistics(own, follows: own.map { _ in group }).standardError
    }
    return abs(difference) <= tolerance
      + 4 * (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()
  }
}
