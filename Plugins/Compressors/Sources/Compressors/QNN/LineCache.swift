internal import Synchronization

/// The lines that were asked for last: sessions of all blocks of rows ask for the same ones.
final class LineCache: Sendable {
  private let lines = Mutex<[ProbabilityLine]>([])
  private let limit: Int

  /// Makes one for circuits of n qubits, with room for 16 lines but at most 400 MB.
  init(qubitCount: Int) {
    limit = max(1, min(16, (1 << 24) >> qubitCount))
  }

  /// A line; `make` is called by one thread, and others wait for what it makes.
  func line(
    _ index: Int, through angles: UnsafeBufferPointer<Double>, make: ([Double]) -> ProbabilityLine
  ) -> ProbabilityLine {
    lines.withLock { lines in
      if let place = lines.lastIndex(where: {
        $0.index == index && $0.angles.elementsEqual(angles)
      }) {
        return lines[place]
      }
      if lines.count >= limit { lines.removeFirst() }
      let line = make(Array(angles))
      lines.append(line)
      return line
    }
  }
}
