package import QHostInterfaces

/// Watches the errors of a model in their order, and says when they have risen.
package protocol DriftDetector {
  /// Takes the error of the next row.
  ///
  /// - Returns: how many of the last rows are of the new concept, as far as it can tell, at least 1; `nil`: no drift.
  mutating func add(_ error: Double) -> Int?

  /// Adds its state to a checkpoint.
  func save(_ writer: inout StateWriter)

  /// Reads back what ``save(_:)`` wrote.
  ///
  /// - Throws: for a state that is damaged.
  mutating func load(_ reader: inout StateReader) throws(ComponentError)
}

/// The detectors that there are.
public enum DriftDetectorKind: String, Sendable, Codable, CaseIterable {
  /// Adaptive windowing.
  case adwin
  /// The test of Page and Hinkley.
  case pageHinkley = "page-hinkley"
  /// The drift detection method.
  case ddm
  /// No detector.
  case none

  /// A detector that has seen nothing.
  ///
  /// - Parameter scale: what errors are measured in; 1 of classes, whose errors are 0 or 1.
  /// - Returns: it; `nil` for none.
  package func detector(scale: Double = 1) -> (any DriftDetector)? {
    switch self {
    case .adwin: ADWIN()
    case .pageHinkley: PageHinkley(scale: scale)
    case .ddm: DDM()
    case .none: nil
    }
  }
}
