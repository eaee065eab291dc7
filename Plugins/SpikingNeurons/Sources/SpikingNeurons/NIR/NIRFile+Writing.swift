internal import Chdf5
internal import Foundation
package import QHostInterfaces

extension NIRFile {
  /// The bytes of a file that nir.read takes.
  ///
  /// - Throws: when HDF5 fails.
  package func encoded() throws(ComponentError) -> [UInt8] {
    try Self.withHDF5 { () throws(ComponentError) in try written() }
  }

  private func written() throws(ComponentError) -> [UInt8] {
    let file = qhost_hdf5_create()
    guard file >= 0 else { throw ComponentError("HDF5 has no memory for a NIR file") }
    defer { qhost_hdf5_close(file) }
    var isWhole = true
    func text(_ place: String, _ texts: [String], _ extents: [UInt64] = []) {
      let copies = texts.map { strdup($0) }
      defer { for copy in copies { free(copy) } }
      let pointers = copies.map { UnsafePointer($0) }
      isWhole =
        qhost_hdf5_write_strings(file, place, Int32(extents.count), extents, pointers) >= 0
        && isWhole
    }
    text("version", [version])
    for group in ["node", "node/nodes"] {
      isWhole = qhost_hdf5_write_group(file, group) >= 0 && isWhole
    }
    text("node/type", ["NIRGraph"])
    text(
      "node/edges", edges.flatMap { [$0.source, $0.target] }, [UInt64(edges.count), 2])
    for (name, node) in nodes.sorted(by: { $0.key < $1.key }) {
      isWhole = qhost_hdf5_write_group(file, "node/nodes/\(name)") >= 0 && isWhole
      text("node/nodes/\(name)/type", [node.type])
      for (key, values) in node.values.sorted(by: { $0.key < $1.key }) {
        let written = qhost_hdf5_write_numbers(
          file, "node/nodes/\(name)/\(key)", Int32(values.extents.count),
          values.extents.map { UInt64($0) }, values.numbers, Self.wholeKeys.contains(key) ? 1 : 0)
        isWhole = written >= 0 && isWhole
      }
    }
    guard isWhole else { throw ComponentError("HDF5 could not write the NIR file") }
    return Self.image(file)
  }

  /// Arrays of integers.
  private static let wholeKeys: Set<String> = [
    "shape", "stride", "padding", "dilation", "groups", "input_shape",
  ]

  private static func image(_ file: Int64) -> [UInt8] {
    let count = Int(qhost_hdf5_image(file, nil, 0))
    var bytes = [UInt8](repeating: 0, count: max(0, count))
    _ = qhost_hdf5_image(file, &bytes, bytes.count)
    return bytes
  }
}
