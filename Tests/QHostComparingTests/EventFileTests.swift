import Foundation
import QHostComparing
import QHostRuntime
import Testing

@Suite("Exported events")
struct EventFileTests {
  /// An event as far as these files have them.
  private struct Event: Equatable {
    var time = 0.0
    var step: UInt64 = 0
    var version: String?
    var scalars: [String: Float] = [:]
  }

  /// The records of a file, whose checksums are checked.
  private func records(_ bytes: [UInt8]) throws -> [[UInt8]] {
    func masked(_ bytes: [UInt8]) -> UInt32 {
      let sum = ByteReader.checksum(bytes, reversedPolynomial: 0x82F6_3B78)
      return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
    }
    var reader = ByteReader(bytes)
    var records: [[UInt8]] = []
    while !reader.isAtEnd {
      let length = try reader.take(8)
      #expect(try reader.number(UInt32.self) == masked(length))
      var number = ByteReader(length)
      let record = try reader.take(Int(try number.number(UInt64.self)))
      #expect(try reader.number(UInt32.self) == masked(record))
      records.append(record)
    }
    return records
  }

  /// The fields of a message: number, wire type and content.
  private func fields(_ bytes: [UInt8]) throws -> [(UInt64, UInt64, [UInt8])] {
    var reader = ByteReader(bytes)
    var fields: [(UInt64, UInt64, [UInt8])] = []
    while !reader.isAtEnd {
      let key = try reader.varint()
      let content: [UInt8]
      switch key & 7 {
      case 0: content = withUnsafeBytes(of: try reader.varint().littleEndian) { Array($0) }
      case 1: content = try reader.take(8)
      case 2: content = try reader.take(Int(try reader.varint()))
      default: content = try reader.take(4)
      }
      fields.append((key >> 3, key & 7, content))
    }
    return fields
  }

  private func event(_ bytes: [UInt8]) throws -> Event {
    var event = Event()
    for (number, _, content) in try fields(bytes) {
      var reader = ByteReader(content)
      switch number {
      case 1: event.time = Double(bitPattern: try reader.number(UInt64.self))
      case 2: event.step = try reader.number(UInt64.self)
      case 3: event.version = try reader.text(content.count)
      default:
        for (_, _, value) in try fields(content) {
          let parts = try fields(value)
          var number = ByteReader(parts[1].2)
          event.scalars[String(decoding: parts[0].2, as: UTF8.self)] =
            Float(bitPattern: try number.number(UInt32.self))
        }
      }
    }
    return event
  }

  @Test("are records with checksums, one for each improvement and one for the end")
  func events() throws {
    var journal = try JournalMaking()
    journal.add(.init(solver: "s"))
    journal.add(.init(solver: "s", seed: 2))
    let export = try ExportFormat.tensorboard.export(of: journal.runs())
    // 2026-01-31T12:00:00Z is 20,484.5 days after 1970.
    let start = 20_484.5 * 86_400
    let place = "a_with_s/direct_on_functions_dimension=2"
    #expect(
      export.files.map(\.path)
        == (1...2).map { "\(place)/seed-\($0)/events.out.tfevents.1769860800.qhost" })
    let events = try records(export.files[0].bytes).map(event)
    #expect(events.count == 6)
    #expect(events[0] == Event(time: start, version: "brain.Event:2"))
    #expect(
      events[2]
        == Event(time: start + 0.003, step: 3, scalars: ["best_loss": 2, "training_passes": 6]))
    #expect(events[5] == Event(time: start + 2.5, step: 120, scalars: ["train/loss": 1e-9]))
  }

  @Test("Runs of one model on several targets have folders of their own")
  func targets() throws {
    var journal = try JournalMaking()
    journal.add(.init(target: "t", dataset: "d"))
    journal.add(.init(dataset: "d"))
    let export = try ExportFormat.tensorboard.export(of: journal.runs())
    let folders = export.files.map { $0.path.split(separator: "/")[1] }
    #expect(folders == ["direct_on_d_for_t", "direct_on_d"])
    let last = try event(try #require(records(export.files[0].bytes).last))
    #expect(last.scalars["target/cycles"] == 2.5)
  }
}
