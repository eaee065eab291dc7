import Foundation
import ForeignFunctions
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting

/// A shared library of some lines of C, compiled for a test.
final class ForeignLibrary {
  /// The library's file.
  let path: String
  private let folder: String

  /// Compiles it.
  init(_ source: String, options: [String] = ["-g"]) throws {
    folder = NSTemporaryDirectory() + "qhost-foreign-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    path = folder + "/libforeign.so"
    try source.write(toFile: folder + "/source.c", atomically: true, encoding: .utf8)
    let compiler = try Program(
      "cc", ["-O1", "-shared", "-fPIC", folder + "/source.c", "-o", path, "-lm"] + options)
    guard compiler.ending == .exited(0) else { throw CompilationError(compiler.errors) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// What the compiler said.
  struct CompilationError: Error {
    let message: String

    init(_ message: String) { self.message = message }
  }

  /// Makes the dataset of one of its functions.
  func dataset(
    _ symbol: String, _ signature: String = "double(const double *x, int n)",
    dimension: Int = 0, lower: [Double] = [-5], upper: [Double] = [5], threads: String = "one",
    firstCall: Double = 10, gradient: String = "",
    gradientSignature: String = "void(const double *x, double *g, int n)",
    host: TestHost = TestHost()
  ) throws(ComponentError) -> Foreign {
    try Foreign(
      request: ComponentRequest(
        configuration: Configuration([
          "library": .text(path), "symbol": .text(symbol), "signature": .text(signature),
          "dimension": .integer(dimension), "lower": .reals(lower), "upper": .reals(upper),
          "threads": .choice(threads, index: threads == "one" ? 0 : 1),
          "first_call": .real(firstCall), "gradient": .text(gradient),
          "gradient_signature": .text(gradientSignature),
        ]), host: host))
  }

  /// The error that making a dataset throws; `nil`: none.
  func error(
    _ symbol: String, _ signature: String = "double(const double *x, int n)",
    dimension: Int = 0, lower: [Double] = [-5], upper: [Double] = [5], firstCall: Double = 10
  ) -> ComponentError? {
    do throws(ComponentError) {
      _ = try dataset(
        symbol, signature, dimension: dimension, lower: lower, upper: upper, firstCall: firstCall)
      return nil
    } catch {
      return error
    }
  }
}

extension Dataset {
  /// The losses [P × B] of points [P × n × B].
  func losses(_ points: [Double], pointCount: Int = 1, rowCount: Int = 1) throws -> [Double] {
    var losses = [Double](repeating: .nan, count: pointCount * rowCount)
    try points.withUnsafeBufferPointer { points in
      try losses.withUnsafeMutableBufferPointer { losses in
        try score(
          .train, rows: Array(0..<rowCount), outputs: points, pointCount: pointCount,
          losses: losses)
      }
    }
    return losses
  }
}
