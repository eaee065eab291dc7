internal import Glibc
public import QHostRuntime

/// Which elements a comparison has been packed into, and the jobs that do them: schema `qhost.campaign/1`.
///
/// It is in `campaign.json` beside the journal, written before anything is submitted. What elements find is in
/// `elements/NUMBER/ATTEMPT/journal.jsonl`, an attempt's own.
public struct Campaign: Sendable, Codable, Equatable {
  /// The name of its file.
  public static let fileName = "campaign.json"

  /// The version of its form.
  public var schema = "qhost.campaign/1"
  /// The engine that does it.
  public var engine: String
  /// What jobs carry, so that one of another campaign with the same number is not taken for one of this.
  public var token: String
  /// The cells of each element; element k is at place k − 1.
  public var elements: [[Int]]
  /// The engine's numbers of its jobs, the first one first.
  public var jobs: [String] = []
  /// How often each element was submitted.
  public var submissions: [Int]

  /// Begins one.
  public init(engine: String, elements: [[Int]]) {
    self.engine = engine
    self.elements = elements
    submissions = elements.map { _ in 0 }
    var generator = SystemRandomNumberGenerator()
    token = "qhost-" + String(generator.next() as UInt64, radix: 36)
  }

  /// The campaign of a folder; `nil` when there is none.
  ///
  /// - Throws: kind `data` when it cannot be read.
  public static func read(in folder: String) throws(RunError) -> Campaign? {
    let path = "\(folder)/\(fileName)"
    guard FileAccess.exists(path) else { return nil }
    guard let campaign: Campaign = JSONText.value(of: try FileAccess.read(path)) else {
      throw RunError(.data, "'\(path)' is damaged; remove it, and its cells are submitted again")
    }
    return campaign
  }

  /// Writes it in one step.
  public func write(in folder: String) throws(RunError) {
    try FileAccess.write(Array(try JSONText.of(self).utf8), to: "\(folder)/\(Self.fileName)")
  }

  /// The folder of an element.
  static func folder(of element: Int, in folder: String) -> String {
    "\(folder)/elements/\(element)"
  }

  /// The folders of all attempts at an element.
  static func attempts(at element: Int, in folder: String) -> [String] {
    let place = Self.folder(of: element, in: folder)
    return JournalSearch.subfolders(place).map { "\(place)/\($0)" }
  }

  /// The journals of all attempts at an element.
  static func journals(of element: Int, in folder: String) -> [String] {
    attempts(at: element, in: folder).map { "\($0)/\(JournalContents.fileName)" }
      .filter(FileAccess.exists)
  }

  /// A new folder for an attempt, which no other one has: on this machine, by this process.
  public static func attempt(at element: Int, in folder: String) -> String {
    var generator = SystemRandomNumberGenerator()
    let word = String(generator.next() as UInt32, radix: 36)
    return "\(Self.folder(of: element, in: folder))/\(Machine.current().host)-\(getpid())-\(word)"
  }

  /// The cells of an element that no attempt has a result of yet.
  ///
  /// - Throws: kind `usage` for an element that there is none of.
  public func openCells(of element: Int, in folder: String) throws(RunError) -> Set<Int> {
    guard elements.indices.contains(element - 1) else {
      throw RunError(.usage, "the campaign has elements 1 to \(elements.count), not \(element)")
    }
    var open = Set(elements[element - 1])
    for path in Self.journals(of: element, in: folder) {
      // An attempt that ended in its first line has nothing.
      guard let contents = try? JournalContents(skimming: path) else { continue }
      for case (let cell, .finished) in contents.entries { open.remove(cell) }
    }
    return open
  }
}
