/// An endless sequence of random numbers that can be resumed at any place.
///
/// It reads the host's counter-based generator ahead in blocks, so that a single number costs no
/// call across the library boundary. Uniform and normal values are separate sequences.
public struct RandomStream {
  private static let blockSize = 512

  private let host: any HostServices
  private let index: UInt64
  private var uniformBlock: [Double] = []
  private var normalBlock: [Double] = []

  /// Uniform values drawn so far.
  public private(set) var uniformsDrawn: UInt64
  /// Normal values drawn so far.
  public private(set) var normalsDrawn: UInt64

  /// Makes a stream that continues after the given numbers of draws.
  ///
  /// - Parameters:
  ///   - host: the host, which holds the run's seed.
  ///   - index: tells the streams of one component apart, below 2³⁰; a component that also fills
  ///     buffers itself takes stream indices from 2³¹ on for them.
  ///   - uniformsDrawn: what ``uniformsDrawn`` was when the state was saved.
  ///   - normalsDrawn: what ``normalsDrawn`` was when the state was saved.
  public init(
    host: any HostServices, index: UInt64 = 0, uniformsDrawn: UInt64 = 0, normalsDrawn: UInt64 = 0
  ) {
    self.host = host
    self.index = index
    self.uniformsDrawn = uniformsDrawn
    self.normalsDrawn = normalsDrawn
    if uniformsDrawn % UInt64(Self.blockSize) != 0 { fillUniforms() }
    if normalsDrawn % UInt64(Self.blockSize) != 0 { fillNormals() }
  }

  /// The next value uniform over [0, 1).
  @inline(__always)
  public mutating func uniform() -> Double {
    let place = Int(truncatingIfNeeded: uniformsDrawn) & (Self.blockSize - 1)
    if place == 0 { fillUniforms() }
    uniformsDrawn &+= 1
    return uniformBlock[place]
  }

  /// The next value of mean 0 and deviation 1.
  @inline(__always)
  public mutating func normal() -> Double {
    let place = Int(truncatingIfNeeded: normalsDrawn) & (Self.blockSize - 1)
    if place == 0 { fillNormals() }
    normalsDrawn &+= 1
    return normalBlock[place]
  }

  /// The next integer uniform over `0..<bound`, for bounds up to 2⁵³.
  @inline(__always)
  public mutating func integer(below bound: Int) -> Int {
    Int(uniform() * Double(bound))
  }

  private mutating func fillUniforms() {
    let block = uniformsDrawn / UInt64(Self.blockSize)
    uniformBlock = host.uniforms(step: block, index: index * 2, count: Self.blockSize)
  }

  private mutating func fillNormals() {
    let block = normalsDrawn / UInt64(Self.blockSize)
    normalBlock = host.normals(step: block, index: index * 2 + 1, count: Self.blockSize)
  }
}
