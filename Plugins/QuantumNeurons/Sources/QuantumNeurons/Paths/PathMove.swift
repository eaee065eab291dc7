/// How chains move; all leave exp(−S) as it is.
///
/// `qhost_kernels_paths.h` has what each does.
package enum PathMove: Sendable, Equatable {
  /// Single slices, by at most so much.
  case local(Float)
  /// So many slices at a time from the free bridge.
  case staging(Int)
  /// 2ᵏ − 1 slices at a time by bisection.
  case multilevel(Int)
  /// Two coupled neurons together about a pulse, by at most so much.
  case dips(Float)
  /// Signs of clusters of slices.
  case signs
}
