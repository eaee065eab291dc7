import Foundation
import QHostComparing
import QHostRuntime
import Testing

@Suite("Exported arrays")
struct RunArraysTests {
  private static let improvementCounts = [4, 2]

  private func runs() throws -> ExportedRuns {
    var journal = try JournalMaking(seeds: 3)
    journal.add(.init(optimizer: "á"))
    journal.add(
      .init(optimizer: "longer", seed: .max, evaluations: [2, 5], losses: [3, .pi], total: 7))
    journal.addFailure(seed: 3, "no")
    return try journal.runs()
  }

  /// The files of a zip archive by its directory, whose checksums are checked.
  private func files(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
    var end = ByteReader(bytes, at: bytes.count - 22)
    #expect(try end.number(UInt32.self) == 0x0605_4B50)
    _ = try end.take(6)
    let count = try end.number(UInt16.self)
    let size = try end.number(UInt32.self)
    let start = try end.number(UInt32.self)
    #expect(Int(start + size) == bytes.count - 22)
    var directory = ByteReader(bytes, at: Int(start))
    var files: [String: [UInt8]] = [:]
    for _ in 0..<count {
      #expect(try directory.number(UInt32.self) == 0x0201_4B50)
      _ = try directory.take(2)
      let facts = try directory.take(26)
      _ = try directory.take(10)
      var file = ByteReader(bytes, at: Int(try directory.number(UInt32.self)))
      var reader = ByteReader(facts, at: 10)
      let sum = try reader.number(UInt32.self)
      let size = try reader.number(UInt32.self)
      _ = try reader.take(4)
      let length = Int(try reader.number(UInt16.self))
      let name = try directory.text(length)
      #expect(try file.number(UInt32.self) == 0x0403_4B50)
      #expect(try file.take(26) == facts)
      #expect(try file.text(length) == name)
      let content = try file.take(Int(size))
      #expect(ByteReader.checksum(content, reversedPolynomial: 0xEDB8_8320) == sum, "\(name)")
      files[name] = content
    }
    return files
  }

  /// The type, the count and the elements of a `.npy` file.
  private func array(_ bytes: [UInt8]?) throws -> (type: String, ByteReader) {
    var reader = ByteReader(try #require(bytes))
    #expect(try reader.take(8) == [0x93] + Array("NUMPY".utf8) + [1, 0])
    let header = try reader.text(Int(try reader.number(UInt16.self)))
    #expect(reader.place % 64 == 0)
    #expect(header.hasSuffix("\n"))
    let parts = header.split(separator: "'")
    #expect(parts.count == 9 && parts[1] == "descr")
    #expect(header.contains("'fortran_order': False, 'shape': ("))
    return (String(parts[3]), reader)
  }

  @Test("as an archive of NumPy have types, shapes and values")
  func npz() throws {
    let export = try ExportFormat.npz.export(of: runs())
    #expect(export.notes == ["1 failed cells are left out; csv has them"])
    let files = try files(try export.bytes("runs.npz"))
    var (type, offsets) = try array(files["improvement_offset.npy"])
    #expect(type == "<i8")
    #expect(try (0..<3).map { _ in try offsets.number(Int64.self) } == [0, 4, 6])
    #expect(offsets.isAtEnd)
    var losses: ByteReader
    (type, losses) = try array(files["improvement_best_loss.npy"])
    #expect(type == "<f8")
    let values = try (0..<6).map { _ in Double(bitPattern: try losses.number(UInt64.self)) }
    #expect(values == [50, 2, 0.03, 1e-9, 3, .pi])
    var seeds: ByteReader
    (type, seeds) = try array(files["seed.npy"])
    #expect(type == "<u8")
    #expect(try (0..<2).map { _ in try seeds.number(UInt64.self) } == [1, .max])
    var names: ByteReader
    (type, names) = try array(files["optimizer.npy"])
    #expect(type == "<U6")
    let scalars = try (0..<12).map { _ in try names.number(UInt32.self) }
    #expect(scalars == [0xE1, 0, 0, 0, 0, 0] + "longer".unicodeScalars.map(\.value))
  }

  @Test("as safetensors have types, shapes and values")
  func safetensors() throws {
    let export = try ExportFormat.safetensors.export(of: runs())
    var reader = ByteReader(try export.bytes("runs.safetensors"))
    let length = Int(try reader.number(UInt64.self))
    let json = try JSONSerialization.jsonObject(with: Data(try reader.take(length)))
    let header = try #require(json as? [String: [String: Any]])
    let texts = try #require(header["__metadata__"] as? [String: String])
    #expect(texts["optimizer"] == #"["á","longer"]"#)
    func values(_ name: String, _ type: String) throws -> [UInt64] {
      let entry = try #require(header[name], "\(name)")
      #expect(entry["dtype"] as? String == type)
      let range = try #require(entry["data_offsets"] as? [Int])
      let count = (range[1] - range[0]) / 8
      #expect(entry["shape"] as? [Int] == [count])
      var reader = ByteReader(
        try export.bytes("runs.safetensors"), at: 8 + length + range[0])
      return try (0..<count).map { _ in try reader.number(UInt64.self) }
    }
    #expect(try values("seed", "U64") == [1, .max])
    #expect(try values("cell", "I64") == [1, 2])
    #expect(
      try values("improvement_best_loss", "F64").map { Double(bitPattern: $0) }
        == [50, 2, 0.03, 1e-9, 3, .pi])
  }
}
