import Foundation
import QHostInterfaces
import QHostTesting
import SeriesDatasets

/// Files of series in a folder that goes away with it.
final class SeriesText {
  let folder = NSTemporaryDirectory() + "qhost-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let url = URL(filePath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return folder + "/" + name
  }
}

/// The rows of a split as a host reads them.
struct SeriesRows: Equatable {
  var inputs: [[Float]] = []
  var targets: [Float] = []
  var lengths: [Int] = []

  init(_ dataset: any Dataset, _ split: Split) throws {
    let description = dataset.datasetDescription
    let (width, targetWidth) = (description.input.count, description.targetWidth)
    let rows = Array(0..<description.rowCount(split))
    var values = [Float](repeating: .nan, count: rows.count * width)
    var targets = [Float](repeating: .nan, count: rows.count * targetWidth)
    try values.withUnsafeMutableBufferPointer { values in
      try targets.withUnsafeMutableBufferPointer { targets in
        try dataset.read(split, rows: rows, inputs: values, targets: targets)
      }
    }
    inputs = rows.map { Array(values[$0 * width..<($0 + 1) * width]) }
    self.targets = targets
    lengths = try dataset.lengths(split, rows: rows)
  }
}

/// The error that a body throws; `nil` when it throws none.
func failure(_ body: () throws -> Void) -> ComponentError? {
  do {
    try body()
    return nil
  } catch {
    return error as? ComponentError
  }
}
