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
}
