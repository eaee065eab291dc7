import Foundation
public import QHostInterfaces
import QHostRandomness

/// A host for tests of algorithms: one thread, the real random numbers, and a log that it keeps.
public final class TestHost: HostServices, @unchecked Sendable {
  // Foundation makes a dictionary of all variables each time it is asked for one.
  private static let dataFolders =
    [ProcessInfo.processInfo.environment["QHOST_DATA"]].compactMap { $0 }
  private let key: UInt64
  private let lock = NSLock()
  private var messages: [String] = []
  private let clockStep: UInt64?
  private var looks: UInt64 = 0

  /// Makes a host with the seed of a run.
  ///
  /// - Parameters:
  ///   - seed: the run's.
  ///   - component: its place in the run.
  ///   - clockStep: nanoseconds from one look at the clock to the next; `nil`: those of the real one.
  public init(seed: UInt64 = 1, component: String = "test", clockStep: UInt64? = nil) {
    key = Philox.key(seed: seed, component: component)
    self.clockStep = clockStep
  }

  /// What was logged so far.
  public var log: [String] { lock.withLock { messages } }

  /// One.
  public var threadCount: Int { 1 }
  /// Never.
  public var isCancelled: Bool { false }
  /// The time.
  public var nanoseconds: UInt64 {
    guard let clockStep else { return DispatchTime.now().uptimeNanoseconds }
    return lock.withLock {
      looks += 1
      return looks * clockStep
    }
  }

  /// Keeps the message.
  public func log(_ level: LogLevel, _ message: String) {
    lock.withLock { messages.append(message) }
  }

  /// Shows nothing.
  public func progress(_ fraction: Double, _ message: String) {}

  /// The real random words.
  public func fillBits(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>) {
    RandomFill.bits(key: key, step: step, index: index, out)
  }

  /// The real uniform values.
  public func fillUniform(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    RandomFill.uniform(key: key, step: step, index: index, out)
  }

  /// The real normal values.
  public func fillNormal(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    RandomFill.normal(key: key, step: step, index: index, out)
  }

  /// One after another.
  public func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
    for index in 0..<count { body(index) }
  }

  /// Looks in `QHOST_DATA` alone.
  public func locateData(_ relativePath: String) throws(ComponentError) -> String {
    for folder in Self.dataFolders {
      let path = folder + "/" + relativePath
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw .data(
      "'\(relativePath)' is not in \(Self.dataFolders); set QHOST_DATA to the folder that has it")
  }
}

/// The values of a component's parameters: its defaults, changed as a user would.
public func configuration(
  for descriptor: ComponentDescriptor, _ changes: [String: ParameterValue] = [:]
) -> Configuration {
  var values: [String: ParameterValue] = [:]
  for parameter in descriptor.parameters {
    if let text = parameter.defaultValue { values[parameter.name] = value(of: parameter, text) }
  }
  for (name, value) in changes {
    precondition(
      descriptor.parameters.contains { $0.name == name },
      "'\(descriptor.name)' declares no parameter '\(name)'")
    values[name] = value
  }
  return Configuration(values)
}

private func value(of parameter: ParameterDescriptor, _ text: String) -> ParameterValue {
  let parts = text.split(separator: ",").map(String.init)
  switch parameter.type {
  case .integer: return .integer(Int(text) ?? 0)
  case .real: return .real(Double(text) ?? .nan)
  case .boolean: return .boolean(text == "true")
  case .choice:
    return .choice(text, index: parameter.choices.firstIndex { $0.name == text } ?? -1)
  case .text, .path: return .text(text)
  case .integers: return .integers(parts.compactMap(Int.init))
  case .reals: return .reals(parts.compactMap(Double.init))
  }
}

/// A request for a component with its defaults, changed as a user would.
public func request(
  for descriptor: ComponentDescriptor, _ changes: [String: ParameterValue] = [:],
  host: any HostServices = TestHost(), solvers: [String: any Solver] = [:]
) -> ComponentRequest {
  ComponentRequest(
    configuration: configuration(for: descriptor, changes), host: host, solvers: solvers)
}
