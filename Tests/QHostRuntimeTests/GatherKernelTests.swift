import QHostRuntime
import Testing

@Suite("Gathering rows")
struct GatherKernelTests {
  @Test(
    "Rows become columns, whatever their number and width",
    arguments: [1, 15, 16, 17, 64, 65, 100, 130], [1, 3, 15, 16, 17, 33, 64])
  func transposition(rowCount: Int, width: Int) {
    let table = 97
    let source = (0..<table * width).map { Float($0) }
    // Any order, some rows more than once.
    let rows = (0..<rowCount).map { ($0 * 41 + 7) % table }
    var out = [Float](repeating: -1, count: rowCount * width + 1)
    source.withUnsafeBufferPointer { source in
      out.withUnsafeMutableBufferPointer { out in
        GatherKernel.gather(source: source, width: width, rows: rows[...], out: out)
      }
    }
    for column in 0..<width {
      for (place, row) in rows.enumerated() {
        #expect(out[column * rowCount + place] == source[row * width + column])
      }
    }
    #expect(out[rowCount * width] == -1)
  }

  @Test(
    "Rows of places in a list become columns of the list's values",
    arguments: [1, 16, 17, 64, 65, 130], [1, 15, 16, 33])
  func places(rowCount: Int, width: Int) {
    let values = (0..<1000).map { Float($0) / 7 }
    let rows = (0..<rowCount).map { ($0 * 41 + 7) % 97 }
    func check<Place: FixedWidthInteger>(
      _ count: Int,
      _ gather: (
        UnsafeBufferPointer<Place>, UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>
      ) -> Void
    ) {
      let source = (0..<97 * width).map { Place(truncatingIfNeeded: ($0 * 31) % count) }
      var out = [Float](repeating: -1, count: rowCount * width + 1)
      source.withUnsafeBufferPointer { source in
        values.withUnsafeBufferPointer { values in
          out.withUnsafeMutableBufferPointer { gather(source, values, $0) }
        }
      }
      let plain = GatherKernel.plainGather(
        source: source.map { values[Int($0)] }, width: width, rows: rows)
      #expect(out == plain + [-1])
    }
    check(256) { (source: UnsafeBufferPointer<UInt8>, values, out) in
      GatherKernel.gather(source, of: values, width: width, rows: rows[...], out: out)
    }
    check(1000) { (source: UnsafeBufferPointer<UInt16>, values, out) in
      GatherKernel.gather(source, of: values, width: width, rows: rows[...], out: out)
    }
  }
}
