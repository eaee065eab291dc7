internal import Glibc
public import QHostInterfaces
internal import Synchronization

/// Singular values by LAPACK, which comes with OpenBLAS.
///
/// The library is loaded at the first call: it costs ten milliseconds and starts threads, which programs that never ask
/// for singular values should not pay for. Each call uses one thread, so that its result does not depend on their
/// number; calls may be made on several at once.
public enum LAPACK {
  /// `dgesvd` of LAPACK 3, with the length of each text behind the others, as Fortran passes them.
  private typealias SingularValues =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafePointer<Int32>,
      UnsafeMutablePointer<Double>, UnsafePointer<Int32>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>?, UnsafePointer<Int32>, UnsafeMutablePointer<Double>?,
      UnsafePointer<Int32>, UnsafeMutablePointer<Double>, UnsafePointer<Int32>,
      UnsafeMutablePointer<Int32>, Int, Int
    ) -> Void

  private struct Functions: Sendable {
    let singularValues: SingularValues
    /// Whether calls may overlap; a build without threads keeps its work space without a lock.
    let mayOverlap: Bool
  }

  /// The file, as the plugins that link it name it.
  static let fileName = "libopenblas.so.0"

  private static let functions: Result<Functions, ComponentError> = load()
  private static let turn = Mutex(())

  private static func load() -> Result<Functions, ComponentError> {
    guard let library = dlopen(fileName, RTLD_NOW | RTLD_LOCAL),
      let values = dlsym(library, "dgesvd_"),
      let setThreads = dlsym(library, "openblas_set_num_threads"),
      let kind = dlsym(library, "openblas_get_parallel")
    else {
      let reason = dlerror().map { String(cString: $0) } ?? "it lacks LAPACK"
      return .failure(
        .unsupported(
          "singular values need OpenBLAS with LAPACK, and \(reason); install it (Debian: "
            + "libopenblas0-pthread)"))
    }
    unsafeBitCast(setThreads, to: (@convention(c) (Int32) -> Void).self)(1)
    let isParallel = unsafeBitCast(kind, to: (@convention(c) () -> Int32).self)()
    return .success(
      Functions(
        singularValues: unsafeBitCast(values, to: SingularValues.self), mayOverlap: isParallel != 0)
    )
  }

  /// The singular values of a matrix, from the largest to the smallest.
  ///
  /// Complexity: 8/3 n³ operations for n × n.
  ///
  /// - Parameters:
  ///   - matrix: [rows × columns]; its memory is used.
  ///   - rows: at least 1.
  ///   - columns: at least 1.
  /// - Returns: min(rows, columns) values.
  /// - Throws: severity `unsupported` without OpenBLAS; kind `data` for numbers that are not finite.
  public static func singularValues(
    of matrix: consuming [Double], rows: Int, columns: Int
  ) throws(ComponentError) -> [Double] {
    precondition(rows > 0 && columns > 0, "a matrix has rows and columns")
    precondition(
      matrix.count == rows * columns, "\(matrix.count) numbers are not \(rows) × \(columns)")
    guard matrix.allSatisfy(\.isFinite) else {
      throw .data("the matrix has numbers that are not finite; keep the parameters smaller")
    }
    let functions = try self.functions.get()
    var values = [Double](repeating: 0, count: min(rows, columns))
    // Fortran goes by columns: it sees the transposed matrix, which has the same singular values.
    func call(_ work: inout [Double], _ size: Int32) -> Int32 {
      var info: Int32 = 0
      functions.singularValues(
        "N", "N", [Int32(columns)], [Int32(rows)], &matrix, [Int32(columns)], &values, nil, [1],
        nil, [1], &work, [size], &info, 1, 1)
      return info
    }
    func solve() -> Int32 {
      var work = [0.0]
      guard call(&work, -1) == 0 else { return -1 }
      work = [Double](repeating: 0, count: max(1, Int(work[0])))
      return call(&work, Int32(work.count))
    }
    let info = functions.mayOverlap ? solve() : turn.withLock { _ in solve() }
    guard info == 0 else {
      throw ComponentError("dgesvd of \(fileName) gave status \(info) for a finite matrix")
    }
    return values
  }
}
