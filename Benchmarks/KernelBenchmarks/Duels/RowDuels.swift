import CQHostRuntime
import QHostMemory
import QHostRuntime

/// Rows of a table, picked in random order: 1,024 of 4,096 with 196 numbers.
enum RowDuels {
  private static let (width, tableRows, rows) = (196, 4096, 1024)

  static func all() -> [Duel] {
    let table = Numbers.floats(tableRows * width, seed: 1)
    let places = Numbers.labels(rows, below: tableRows, seed: 2).list.map { Int($0) }
    let order = places.map { Int64($0) }
    let (source, shape) = (table.list, "\(rows) rows of \(width)")
    let values = Numbers.floats(256, seed: 3)
    let bytes = AlignedBuffer<UInt8>(count: tableRows * width)
    let words = AlignedBuffer<UInt16>(count: tableRows * width)
    for place in 0..<bytes.count {
      bytes.start[place] = UInt8(truncatingIfNeeded: place &* 2_654_435_761 >> 7)
      words.start[place] = UInt16(bytes.start[place])
    }
    func room() -> (AlignedBuffer<Float>, AlignedBuffer<Float>) {
      (AlignedBuffer(count: rows * width), AlignedBuffer(count: rows * width))
    }
    func plain<Place: BinaryInteger>(
      _ source: AlignedBuffer<Place>, _ out: UnsafeMutablePointer<Float>
    ) {
      for (place, row) in places.enumerated() {
        for f in 0..<width {
          out[f * rows + place] = values.start[Int(source.start[row * width + f])]
        }
      }
    }
    return [
      Duel("kernel_gather", twin: "plainGather", shape, AlignedBuffer<Float>(count: rows * width)) {
        qhost_kernel_gather(table.start, width, order, rows, $0)
      } list: {
        GatherKernel.plainGather(source: source, width: width, rows: places).map { Double($0) }
      },
      Duel("kernel_gather_bytes", shape, room()) {
        qhost_kernel_gather_bytes(bytes.start, values.start, width, order, rows, $0)
      } plain: {
        plain(bytes, $0)
      },
      Duel("kernel_gather_words", shape, room()) {
        qhost_kernel_gather_words(words.start, values.start, width, order, rows, $0)
      } plain: {
        plain(words, $0)
      },
    ] + [listed(values, bytes)]
  }

  /// The places of numbers in a list that has them all.
  private static func listed(
    _ values: AlignedBuffer<Float>, _ bytes: AlignedBuffer<UInt8>
  ) -> Duel {
    let count = 65_536
    let numbers = AlignedBuffer<Float>(count: count)
    for place in 0..<count { numbers.start[place] = values.start[Int(bytes.start[place])] }
    let list = UnsafeMutablePointer<qhost_kernel_value_list>.allocate(capacity: 1)
    list.initialize(to: qhost_kernel_value_list())
    var known: [UInt32: UInt8] = [:]
    let room = (AlignedBuffer<UInt8>(count: count), AlignedBuffer<UInt8>(count: count))
    return Duel("kernel_places_bytes", twin: "Dictionary", "\(count) numbers, 256 values", room) {
      _ = qhost_kernel_places_bytes(numbers.start, count, list, $0)
    } plain: {
      for place in 0..<count {
        let bits = numbers.start[place].bitPattern
        let own = known[bits] ?? UInt8(truncatingIfNeeded: known.count)
        known[bits] = own
        $0[place] = own
      }
    }
  }
}
