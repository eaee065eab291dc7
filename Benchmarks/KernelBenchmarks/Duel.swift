import QHostMemory

/// A kernel and its plain twin on the same numbers.
struct Duel {
  /// The kernel's name, that of the function in C without `qhost_`.
  let kernel: String
  /// What it is compared with: a type of the project, or `loop` for one that is written here.
  let twin: String
  /// The sizes of what both work on.
  let shape: String
  /// How far results may lie apart, relative to the largest.
  let tolerance: Double
  let run: () -> Void
  let plain: () -> Void
  /// How far results lie apart after both have run, relative to the largest.
  let difference: () -> Double

  init(
    _ kernel: String, twin: String = "loop", _ shape: String, tolerance: Double = 0,
    run: @escaping () -> Void, plain: @escaping () -> Void, difference: @escaping () -> Double
  ) {
    self.kernel = kernel
    self.twin = twin
    self.shape = shape
    self.tolerance = tolerance
    self.run = run
    self.plain = plain
    self.difference = difference
  }

  /// Two functions that return a number.
  init(
    _ kernel: String, twin: String = "loop", _ shape: String, tolerance: Double = 0,
    run: @escaping () -> Double, plain: @escaping () -> Double
  ) {
    let results = AlignedBuffer<Double>(count: 2)
    self.init(
      kernel, twin: twin, shape, tolerance: tolerance, run: { results.start[0] = run() },
      plain: { results.start[1] = plain() },
      difference: { relativeDifference(results.start, results.start + 1, 1) })
  }

  /// Two functions that each write a buffer.
  init<Number: Measurable>(
    _ kernel: String, twin: String = "loop", _ shape: String, tolerance: Double = 0,
    _ results: (AlignedBuffer<Number>, AlignedBuffer<Number>), count: Int? = nil,
    run: @escaping (UnsafeMutablePointer<Number>) -> Void,
    plain: @escaping (UnsafeMutablePointer<Number>) -> Void
  ) {
    let (own, other) = results
    self.init(
      kernel, twin: twin, shape, tolerance: tolerance, run: { run(own.start) },
      plain: { plain(other.start) },
      difference: { relativeDifference(own.start, other.start, count ?? own.count) })
  }

  /// A function that writes a buffer, and a plain one that returns a list.
  init<Number: Measurable>(
    _ kernel: String, twin: String, _ shape: String, tolerance: Double = 0,
    _ result: AlignedBuffer<Number>, run: @escaping (UnsafeMutablePointer<Number>) -> Void,
    list: @escaping () -> [Double]
  ) {
    let kept = AlignedBuffer<Double>(count: result.count)
    self.init(
      kernel, twin: twin, shape, tolerance: tolerance, run: { run(result.start) },
      plain: {
        for (place, value) in list().enumerated() { kept.start[place] = value }
      },
      difference: { relativeDifference(result.start, kept.start, result.count) })
  }
}

/// A number that results are made of.
protocol Measurable: BitwiseCopyable & AdditiveArithmetic {
  var measured: Double { get }
}

extension Float: Measurable { var measured: Double { Double(self) } }
extension Double: Measurable { var measured: Double { self } }
extension UInt8: Measurable { var measured: Double { Double(self) } }
extension UInt16: Measurable { var measured: Double { Double(self) } }
extension UInt64: Measurable { var measured: Double { Double(self) } }

/// The largest |a − b|, over the largest |b| or 1e-30; ∞ where one is NaN and the other not.
func relativeDifference<A: Measurable, B: Measurable>(
  _ a: UnsafePointer<A>, _ b: UnsafePointer<B>, _ count: Int
) -> Double {
  var (most, size) = (0.0, 1e-30)
  for place in 0..<count {
    let (own, other) = (a[place].measured, b[place].measured)
    if own.isNaN && other.isNaN { continue }
    if own.isNaN || other.isNaN { return .infinity }
    most = max(most, abs(own - other))
    size = max(size, abs(other))
  }
  return most / size
}

func relativeDifference<A: Measurable, B: Measurable>(
  _ a: UnsafeMutablePointer<A>, _ b: UnsafeMutablePointer<B>, _ count: Int
) -> Double { relativeDifference(UnsafePointer(a), UnsafePointer(b), count) }
