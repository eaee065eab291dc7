internal import QHostRuntime

/// A finished cell as it stands in a journal.
struct CellRecord: Encodable {
  var record = "cell"
  var cell: Int
  var optimizer: String
  var solver: String?
  var model: String
  var dataset: String
  var target: String?
  var seed: UInt64
  /// The SHA-256 of the starting point, the same for all optimizers of a model, dataset and seed.
  var startHash: String
  /// Passes of the whole training split, by work.
  var trainingPasses: Double
  var improvements: Improvements
  var run: RunRecord
}
