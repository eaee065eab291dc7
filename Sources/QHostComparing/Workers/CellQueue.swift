internal import QHostRuntime

/// Cells that are still to do, handed out so that those of one training go to one worker, which trains
/// once.
struct CellQueue {
  /// Those that are left, in order.
  private(set) var cells: ArraySlice<Int>
  private let sharing: Int
  private var begun: Set<Int> = []

  /// Makes a queue of cells; `sharing` cells side by side share a training.
  init(_ cells: [Int], sharing: Int) {
    self.cells = cells[...]
    self.sharing = sharing
  }

  /// Takes a cell for a worker.
  ///
  /// - Parameter last: the cell that the worker has done last.
  /// - Returns: one with the same training; else the first with a training that nobody has begun; else
  ///   the first, which is then trained again, since waiting would gain nothing.
  mutating func take(after last: Int?) -> Int? {
    guard sharing > 1 else { return cells.popFirst() }
    let own = last.map { training(of: $0) }
    let place =
      cells.firstIndex { training(of: $0) == own }
      ?? cells.firstIndex { !begun.contains(training(of: $0)) } ?? cells.startIndex
    guard place < cells.endIndex else { return nil }
    begun.insert(training(of: cells[place]))
    return cells.remove(at: place)
  }

  private func training(of cell: Int) -> Int { (cell - 1) / sharing }
}
