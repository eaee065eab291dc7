/// What a plan has work in processes of its own, beside what is isolated without it: a plan can add to isolation and
/// lower its limits, and not the reverse.
public struct PlannedIsolation: Sendable, Codable, Equatable {
  /// Components, plugins or their files; `all`: all but targets.
  public var names: [String] = []
  /// The memory of each such process; `nil`: what it has without the plan.
  public var memoryMegabytes: Int?

  /// The least memory that a process can work with.
  public static let leastMegabytes = 16

  /// Makes one of nothing.
  public init() {}

  /// The names together with others, each once.
  public func names(beside others: [String]) -> [String] {
    others + names.filter { !others.contains($0) }
  }

  /// The lower one of two memories.
  public func memory(beside other: Int?) -> Int? {
    guard let memoryMegabytes, let other else { return memoryMegabytes ?? other }
    return min(memoryMegabytes, other)
  }

  /// What differs between plans, by the names of their keys.
  var facts: [String: String] {
    var facts: [String: String] = [:]
    if !names.isEmpty { facts["isolate"] = names.joined(separator: ",") }
    facts["isolate_memory"] = memoryMegabytes.map(String.init)
    return facts
  }
}
