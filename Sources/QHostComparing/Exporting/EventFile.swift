internal import FoundationEssentials
internal import QHostONNX
internal import QHostRuntime

/// Runs as event files of TensorBoard, one for each run, in folders by algorithm, problem and seed.
///
/// An event file is a sequence of records: eight bytes length, their masked checksum, the record and its
/// masked checksum; a record is an `Event` in protobuf's encoding, with `wall_time` = 1, `step` = 2,
/// `file_version` = 3 and `summary` = 5, which has a `value` = 1 with `tag` = 1 and `simple_value` = 2. Steps are
/// evaluations. Sources: TensorFlow's *TFRecord* description, event.proto and summary.proto.
struct EventFile {
  private var writer = ByteWriter()

  static func export(of runs: ExportedRuns) throws(RunError) -> Export {
    guard let started = try? Date(runs.header.started, strategy: .iso8601) else {
      throw RunError(
        .data, "the journal's header has no time but '\(runs.header.started)'; compare again")
    }
    let start = started.timeIntervalSince1970
    var export = Export(notes: runs.failureNotes)
    var algorithms = FileNames()
    for algorithm in ExportedRuns.groups(runs.finished, by: \.algorithm) {
      let folder = algorithms.name(for: algorithm.key)
      var problems = FileNames()
      for problem in ExportedRuns.groups(algorithm.runs, by: \.problem) {
        let name = problems.name(for: problem.key)
        for run in problem.runs {
          let file = EventFile(run, start: start)
          export.add(
            "\(folder)/\(name)/seed-\(run.seed)/events.out.tfevents.\(Int(start)).qhost",
            file.writer.bytes)
        }
      }
    }
    return export
  }

  /// The events of a run: each improvement, and the figures at its end.
  private init(_ run: CellResult, start: Double) {
    append(time: start, step: 0) { $0.text(3, "brain.Event:2") }
    let improvements = run.improvements
    for place in improvements.evaluations.indices {
      append(
        [
          ("best_loss", improvements.bestLoss[place]),
          ("training_passes", improvements.forwardEquivalents[place]),
        ],
        time: start + improvements.seconds[place], step: improvements.evaluations[place])
    }
    let figures = ExportedRuns.metrics([run]).compactMap { metric in
      metric.value(of: run).map { ("\(metric.group)/\(metric.figure)", $0) }
    }
    append(figures, time: start + run.run.cost.seconds, step: run.run.cost.evaluations)
  }

  private mutating func append(_ scalars: [(String, Double)], time: Double, step: Int) {
    guard !scalars.isEmpty else { return }
    append(time: time, step: step) { event in
      event.message(5) { summary in
        for (tag, value) in scalars {
          summary.message(1) { scalar in
            scalar.text(1, tag)
            scalar.real(2, Float(value))
          }
        }
      }
    }
  }

  private mutating func append(
    time: Double, step: Int, _ content: (inout WireWriter) -> Void
  ) {
    var event = WireWriter()
    event.double(1, time)
    event.integer(2, step)
    content(&event)
    var length = ByteWriter()
    length.append(UInt64(event.bytes.count))
    for part in [length.bytes, event.bytes] {
      writer.append(part)
      writer.append(Self.masked(part))
    }
  }

  /// A checksum that can itself be among checked bytes.
  private static func masked(_ bytes: [UInt8]) -> UInt32 {
    let sum = CyclicRedundancy.castagnoli(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}
