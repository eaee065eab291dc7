internal import COpenBLAS
internal import Synchronization

/// The library of products, called from several threads at once.
enum OpenBLAS {
  // Rows are shared out to the host's threads, so that the library gets one for each call. A build
  // without threads keeps its work space without a lock: calls of it must not overlap.
  private static let mayOverlap: Bool = {
    openblas_set_num_threads(1)
    return openblas_get_parallel() != 0
  }()

  private static let turn = Mutex(())

  /// c = alpha · a · b + beta · c, as `cblas_sgemm`.
  static func multiply(
    _ order: CBLAS_ORDER, _ transA: CBLAS_TRANSPOSE, _ transB: CBLAS_TRANSPOSE, _ m: Int32,
    _ n: Int32, _ k: Int32, _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int32,
    _ b: UnsafePointer<Float>, _ ldb: Int32, _ beta: Float, _ c: UnsafeMutablePointer<Float>,
    _ ldc: Int32
  ) {
    guard mayOverlap else {
      turn.withLock { _ in
        cblas_sgemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
      }
      return
    }
    cblas_sgemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
  }
}
