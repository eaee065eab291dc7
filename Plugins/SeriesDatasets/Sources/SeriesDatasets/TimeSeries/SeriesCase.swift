/// One series of a file and what it is to be taken for.
struct SeriesCase: Sendable, Equatable {
  /// Its numbers, [T × S] row-major: the channels of a step lie together.
  var values: [Float]
  /// T, the steps of the series.
  var length: Int
  /// The class or the number to learn, as it is written.
  var label: String
  /// Where it stands in the file, from 1.
  var line: Int
}

/// The series of one file.
struct SeriesFile: Sendable {
  /// The file.
  var path: String
  /// S, the number of channels.
  var channelCount: Int
  /// The classes that the file declares, in its order; `nil`: it declares none.
  var classes: [String]?
  /// Whether it says that labels are numbers to learn.
  var isRegression: Bool
  /// The series.
  var cases: [SeriesCase]
}
