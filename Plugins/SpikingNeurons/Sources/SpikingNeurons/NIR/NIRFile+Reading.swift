internal import Chdf5
internal import Foundation
package import QHostInterfaces

extension NIRFile {
  /// Reads a file.
  ///
  /// - Throws: kind `data` for a file that is none, and for nodes without a type.
  package init(reading path: String) throws(ComponentError) {
    self = try Self.withHDF5 { () throws(ComponentError) in try Self(opening: path) }
  }

  /// HDF5 as Debian builds it takes one thread at a time.
  private static let lock = NSLock()

  /// Does something while no other thread is in HDF5.
  static func withHDF5<R>(_ body: () throws(ComponentError) -> R) throws(ComponentError) -> R {
    lock.lock()
    defer { lock.unlock() }
    return try body()
  }

  private init(opening path: String) throws(ComponentError) {
    let file = qhost_hdf5_open(path)
    guard file >= 0 else {
      throw .data("'\(path)' cannot be opened as an HDF5 file; give a NIR file that nir.write made")
    }
    defer { qhost_hdf5_close(file) }
    guard qhost_hdf5_kind(file, "node/nodes") == 1, qhost_hdf5_kind(file, "node/edges") == 2 else {
      throw .data("'\(path)' has no groups node/nodes and node/edges; give a NIR file")
    }
    version = (try? Self.strings(file, "version", path).first) ?? ""
    for name in Self.members(file, "node/nodes") {
      nodes[name] = try Self.node(file, "node/nodes/\(name)", path)
    }
    let ends = try Self.strings(file, "node/edges", path)
    for place in stride(from: 0, to: ends.count - 1, by: 2) {
      edges.append(Edge(ends[place], ends[place + 1]))
    }
  }

  private static func node(
    _ file: Int64, _ place: String, _ path: String
  ) throws(ComponentError) -> Node {
    guard let type = try strings(file, place + "/type", path).first else {
      throw .data("'\(path)': \(place) has no type")
    }
    var node = Node(type)
    for member in members(file, place) where member != "type" {
      let own = "\(place)/\(member)"
      guard qhost_hdf5_kind(file, own) == 2, qhost_hdf5_content(file, own) == 1 else { continue }
      node.values[member] = try numbers(file, own, path)
    }
    return node
  }

  private static func members(_ file: Int64, _ place: String) -> [String] {
    let count = max(0, qhost_hdf5_member_count(file, place))
    return (0..<count).compactMap { index in
      var name = [CChar](repeating: 0, count: 256)
      guard qhost_hdf5_member(file, place, UInt64(index), &name, name.count) > 0 else { return nil }
      return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  private static func extents(_ file: Int64, _ place: String) -> (count: Int, extents: [Int]) {
    var (sizes, rank) = ([UInt64](repeating: 0, count: 8), Int32(0))
    let count = qhost_hdf5_extents(file, place, &sizes, &rank)
    return (Int(count), sizes.prefix(Int(max(0, rank))).map { Int($0) })
  }

  private static func numbers(
    _ file: Int64, _ place: String, _ path: String
  ) throws(ComponentError) -> Values {
    let (count, extents) = extents(file, place)
    var numbers = [Double](repeating: 0, count: max(0, count))
    guard count >= 0, qhost_hdf5_read_numbers(file, place, &numbers) >= 0 else {
      throw .data("'\(path)': \(place) cannot be read as numbers")
    }
    if let index = numbers.firstIndex(where: { !$0.isFinite }) {
      throw .data("'\(path)': \(place) is \(numbers[index]) at \(index)")
    }
    return Values(extents, numbers)
  }

  private static func strings(
    _ file: Int64, _ place: String, _ path: String
  ) throws(ComponentError) -> [String] {
    let count = extents(file, place).count
    var texts = [UnsafeMutablePointer<CChar>?](repeating: nil, count: max(0, count))
    guard count >= 0, qhost_hdf5_content(file, place) == 2,
      qhost_hdf5_read_strings(file, place, texts.count, &texts) >= 0
    else { throw .data("'\(path)': \(place) cannot be read as text") }
    defer { for text in texts { free(text) } }
    return texts.map { $0.map { String(cString: $0) } ?? "" }
  }
}
