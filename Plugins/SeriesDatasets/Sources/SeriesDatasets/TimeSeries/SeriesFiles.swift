import QHostDatasets
import QHostInterfaces

/// Which files a problem consists of.
struct SeriesFiles {
  /// The training file.
  let train: String
  /// The test file; `nil`: a part of the training file.
  let test: String?

  /// Finds them, from the current folder or within the data folders.
  ///
  /// - Throws: kind `parameter` without a path, kind `data` for what is not there.
  init(_ configuration: Configuration, _ host: any HostServices) throws(ComponentError) {
    let path = configuration.text("path")
    let test = configuration.text("test_path")
    guard !path.isEmpty else {
      throw .parameter("path is empty; set path to a .ts or CSV file, or to a problem's name")
    }
    let isName = !path.contains("/") && !path.contains(".")
    train = try Self.locate(isName ? "ucr/\(path)/\(path)_TRAIN.ts" : path, "path", host)
    guard test.isEmpty else {
      self.test = try Self.locate(test, "test_path", host)
      return
    }
    let other = Self.replacingLast("TRAIN", by: "TEST", in: train)
    guard let other else {
      self.test = nil
      return
    }
    guard FileBytes.exists(other) else {
      throw .data(
        "'\(other)', which belongs to '\(train)', does not exist; put it there, set test_path, or "
          + "rename the training file to have a part of it for testing")
    }
    self.test = other
  }

  private static func locate(
    _ path: String, _ parameter: String, _ host: any HostServices
  ) throws(ComponentError) -> String {
    if FileBytes.exists(path) { return path }
    do {
      return try host.locateData(path)
    } catch {
      throw .data(
        "'\(path)' does not exist, neither from the current folder nor in the data folders; set "
          + "\(parameter) to a .ts or CSV file")
    }
  }

  /// A path whose last `word` of the file's name is another one; `nil`: there is none.
  private static func replacingLast(
    _ word: String, by other: String, in path: String
  ) -> String? {
    var place = path.endIndex
    while place > path.startIndex {
      place = path.index(before: place)
      if path[place] == "/" { return nil }
      if path[place...].hasPrefix(word) {
        let rest = path[place...].dropFirst(word.count)
        return path[..<place] + other + rest
      }
    }
    return nil
  }
}
