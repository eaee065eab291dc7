import Glibc

/// Times the Schmidt spectrum of a table, values to weights, beside dgesvd alone on the same matrix; the least of some rounds,
/// in milliseconds of processor time.
@main
struct Schmidt {
  static func main() throws {
    let (n, rounds) = (Int(CommandLine.arguments[1]) ?? 1_000, Int(CommandLine.arguments[2]) ?? 3)
    var state: UInt64 = 1
    let values = (0..<n * n).map { _ -> Double in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53 - 0.3
    }
    let table = FunctionTable(values: values, rows: n, columns: n)
    var (whole, bare) = (Double.infinity, Double.infinity)
    for _ in 0..<rounds {
      var begun = seconds()
      let entropy = try table.spectrum().entropy
      whole = min(whole, seconds() - begun)
      let copy = values
      begun = seconds()
      let first = try dgesvd(copy, n)
      bare = min(bare, seconds() - begun)
      precondition(entropy > 0 && first > 0, "a spectrum")
    }
    print(1e3 * whole, 1e3 * bare)
  }

  private static func seconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) + 1e-9 * Double(now.tv_nsec)
  }

  /// The call of the library and nothing else; the largest singular value.
  private static func dgesvd(_ matrix: consuming [Double], _ n: Int) throws -> Double {
    typealias Call =
      @convention(c) (
        UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafePointer<Int32>,
        UnsafeMutablePointer<Double>, UnsafePointer<Int32>, UnsafeMutablePointer<Double>,
        UnsafeMutablePointer<Double>?, UnsafePointer<Int32>, UnsafeMutablePointer<Double>?,
        UnsafePointer<Int32>, UnsafeMutablePointer<Double>, UnsafePointer<Int32>,
        UnsafeMutablePointer<Int32>, Int, Int
      ) -> Void
    guard let library = dlopen(LAPACK.fileName, RTLD_NOW), let symbol = dlsym(library, "dgesvd_")
    else { return 0 }
    let call = unsafeBitCast(symbol, to: Call.self)
    var values = [Double](repeating: 0, count: n)
    var work = [Double](repeating: 0, count: 66 * n)
    var info: Int32 = 0
    let size = [Int32(n)]
    call(
      "N", "N", size, size, &matrix, size, &values, nil, [1], nil, [1], &work, [Int32(work.count)],
      &info, 1, 1)
    return values[0]
  }
}
